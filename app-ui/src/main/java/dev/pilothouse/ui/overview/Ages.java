package dev.pilothouse.ui.overview;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads ages as servers print them in tables: {@code 45s}, {@code 3m12s}, {@code 5d4h}. */
final class Ages {

    private static final Pattern PART = Pattern.compile("(\\d{1,9})([smhdy])");
    private static final Pattern WHOLE = Pattern.compile("((\\d{1,9}[smhdy])+).*");

    private Ages() {}

    /**
     * The age with which a cell begins; in that of an event, how often and since when may follow.
     *
     * @return null when it says none
     */
    static @Nullable Duration parse(String cell) {
        Matcher whole = WHOLE.matcher(cell.strip());
        if (!whole.matches()) {
            return null;
        }
        Duration age = Duration.ZERO;
        Matcher part = PART.matcher(whole.group(1));
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            age =
                    age.plus(
                            switch (part.group(2)) {
                                case "s" -> Duration.ofSeconds(number);
                                case "m" -> Duration.ofMinutes(number);
                                case "h" -> Duration.ofHours(number);
                                case "d" -> Duration.ofDays(number);
                                default -> Duration.ofDays(365 * number);
                            });
        }
        return age;
    }
}
