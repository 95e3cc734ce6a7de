package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times as Go writes them. */
public final class Times {

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    private Times() {}

    /** A time such as {@code 1.5s} or {@code 1m30s}; null when it is none. */
    public static @Nullable Duration parse(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length() && part.find(at) && part.start() == at) {
            double amount = Double.parseDouble(part.group(1));
            double seconds =
                    switch (part.group(2)) {
                        case "ms" -> amount / 1000;
                        case "s" -> amount;
                        case "m" -> amount * 60;
                        default -> amount * 3600;
                    };
            sum = sum.plusNanos((long) (seconds * 1e9));
            at = part.end();
        }
        return at == text.length() && at > 0 ? sum : text.equals("0") ? Duration.ZERO : null;
    }
}
