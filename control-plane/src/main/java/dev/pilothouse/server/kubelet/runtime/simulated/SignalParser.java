package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads signals such as {@code 200m}, {@code sine(100m, 2, 10m)}, {@code ramp(64Mi, 1Gi, 30m)},
 * {@code noise(100m, 0.2)}, {@code share(sine(1, 8, 20m))}, and sums of them with {@code +}. Values
 * are quantities, periods are times such as {@code 90s}. Not thread-safe.
 */
final class SignalParser {

    private final String text;
    private int at;

    private SignalParser(String text) {
        this.text = text;
    }

    /**
     * Reads a signal.
     *
     * @throws IllegalArgumentException when it is none; the message says why and where
     */
    static Signal parse(String text) {
        SignalParser parser = new SignalParser(text);
        Signal signal = parser.sum();
        parser.skip();
        if (parser.at < text.length()) {
            throw parser.wrong("unexpected \"" + text.charAt(parser.at) + "\"");
        }
        return signal;
    }

    /** Reads a signal, or returns null when it is none. */
    static @Nullable Signal tryParse(@Nullable String text) {
        try {
            return text == null ? null : parse(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private Signal sum() {
        Signal sum = term();
        skip();
        while (at < text.length() && text.charAt(at) == '+') {
            at++;
            sum = new Signal.Sum(sum, term());
            skip();
        }
        return sum;
    }

    private Signal term() {
        String word = word();
        skip();
        if (at >= text.length() || text.charAt(at) != '(') {
            return new Signal.Constant(quantity(word));
        }
        at++;
        if (word.equals("share")) {
            Signal load = sum();
            close();
            return new Signal.Share(load);
        }
        List<String> arguments = arguments();
        return switch (word) {
            case "sine" -> {
                need(arguments, word, 3);
                yield new Signal.Sine(
                        quantity(arguments.get(0)),
                        quantity(arguments.get(1)),
                        seconds(arguments.get(2)));
            }
            case "ramp" -> {
                need(arguments, word, 3);
                yield new Signal.Ramp(
                        quantity(arguments.get(0)),
                        quantity(arguments.get(1)),
                        seconds(arguments.get(2)));
            }
            case "noise" -> {
                need(arguments, word, 2);
                yield new Signal.Noise(quantity(arguments.get(0)), quantity(arguments.get(1)));
            }
            default -> throw wrong("\"" + word + "\" is not one of sine, ramp, noise, share");
        };
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(word());
        skip();
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            arguments.add(word());
            skip();
        }
        close();
        return arguments;
    }

    private void close() {
        skip();
        if (at >= text.length() || text.charAt(at) != ')') {
            throw wrong("\")\" is missing");
        }
        at++;
    }

    private void need(List<String> arguments, String name, int number) {
        if (arguments.size() != number) {
            throw wrong(name + " takes " + number + " values, not " + arguments.size());
        }
    }

    private String word() {
        skip();
        int start = at;
        while (at < text.length() && "(),+ ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (start == at) {
            throw wrong("a value is missing");
        }
        return text.substring(start, at);
    }

    private void skip() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private double quantity(String word) {
        if (!Quantity.isValid(word)) {
            throw wrong("\"" + word + "\" is not a quantity");
        }
        double value = Quantity.parse(word).amount().doubleValue();
        if (value < 0) {
            throw wrong("\"" + word + "\" is below 0");
        }
        return value;
    }

    private double seconds(String word) {
        Duration duration = Times.parse(word);
        if (duration == null || !duration.isPositive()) {
            throw wrong("\"" + word + "\" is not a time such as 90s");
        }
        return duration.toNanos() / 1e9;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " at " + (at + 1) + " in \"" + text + "\"");
    }
}
