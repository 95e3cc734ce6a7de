package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.kubelet.runtime.simulated.stage.Seeds;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Times;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The annotations that steer the simulation of one object, without {@link Names#PREFIX}. {@code
 * knob.container} wins over {@code knob} for a container of that name. What makes no sense counts
 * as not given. Immutable.
 *
 * @param values by name
 */
record Knobs(Map<String, String> values) {

    /** Nothing is said. */
    static final Knobs NONE = new Knobs(Map.of());

    private static final Pattern SPAN = Pattern.compile("\\s*(\\S+?)\\s*\\.\\.\\s*(\\S+)\\s*");

    Knobs {
        values = Map.copyOf(values);
    }

    /** Those among the annotations of an object. */
    static Knobs of(Map<String, String> annotations) {
        Map<String, String> values = new HashMap<>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(Names.PREFIX)) {
                values.put(name.substring(Names.PREFIX.length()), value.strip());
            }
        });
        return values.isEmpty() ? NONE : new Knobs(values);
    }

    /** The value for a container, or null. */
    @Nullable String text(String knob, String container) {
        String own = values.get(knob + "." + container);
        return own == null ? values.get(knob) : own;
    }

    /** Whether a knob is set for a container, and not to {@code false}. */
    boolean on(String knob, String container) {
        String text = text(knob, container);
        return text != null && !text.equals("false");
    }

    /** Whether a knob of the whole object is set, and not to {@code false}. */
    boolean on(String knob) {
        String text = values.get(knob);
        return text != null && !text.equals("false");
    }

    /** A whole number. */
    int number(String knob, String container, int missing) {
        String text = text(knob, container);
        try {
            return text == null ? missing : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return missing;
        }
    }

    /**
     * A time such as {@code 1.5s} or {@code 1m30s}, or one out of a span such as {@code 2s..8s},
     * always the same one for the same seed; null when there is none.
     */
    @Nullable Duration duration(String knob, String container, long seed) {
        String text = text(knob, container);
        if (text == null) {
            return null;
        }
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return Times.parse(text);
        }
        Duration least = Times.parse(span.group(1));
        Duration most = Times.parse(span.group(2));
        if (least == null || most == null || most.compareTo(least) < 0) {
            return null;
        }
        double share = Seeds.unit(Seeds.mix(seed, knob.hashCode()));
        return least.plusNanos((long) (share * most.minus(least).toNanos()));
    }
}
