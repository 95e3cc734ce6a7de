package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A path into an object in the part of jq's language that stages use: {@code .a.b}, {@code .a["b
 * c"]}, {@code .a.[]}, {@code .a[0]}, and {@code | select(.x == "y") |} between paths. Immutable.
 */
public final class JqPath {

    private final String text;
    private final List<Step> steps;

    private sealed interface Step {
        record Field(String name) implements Step {}

        record Each() implements Step {}

        record At(int index) implements Step {}

        record Select(JqPath path, boolean equal, String value) implements Step {}
    }

    private JqPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException when it cannot be read; the message says why
     */
    static JqPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : split(text)) {
            String trimmed = part.strip();
            if (trimmed.startsWith("select")) {
                steps.add(select(trimmed));
            } else {
                path(trimmed, steps);
            }
        }
        return new JqPath(text, steps);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '|' && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Step select(String text) {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw new IllegalArgumentException("select needs ( and ): " + text);
        }
        String condition = text.substring(open + 1, close);
        boolean equal = condition.contains("==");
        int at = condition.indexOf(equal ? "==" : "!=");
        if (at < 0) {
            throw new IllegalArgumentException("select needs == or !=: " + text);
        }
        String value = condition.substring(at + 2).strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return new Step.Select(
                parse(condition.substring(0, at).strip()),
                equal,
                quoted ? value.substring(1, value.length() - 1) : value);
    }

    private static void path(String text, List<Step> steps) {
        if (!text.startsWith(".")) {
            throw new IllegalArgumentException("a path begins with a dot: " + text);
        }
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '.') {
                i++;
            } else if (c == '[') {
                i = bracket(text, i, steps);
            } else if (Character.isLetterOrDigit(c) || c == '_' || c == '-') {
                int start = i;
                while (i < text.length() && ".[".indexOf(text.charAt(i)) < 0) {
                    i++;
                }
                steps.add(new Step.Field(text.substring(start, i)));
            } else {
                throw new IllegalArgumentException("unexpected '" + c + "' in path " + text);
            }
        }
    }

    private static int bracket(String text, int open, List<Step> steps) {
        int close =
                text.startsWith("[\"", open)
                        ? text.indexOf("\"]", open + 2) + 1
                        : text.indexOf(']', open);
        if (close <= open) {
            throw new IllegalArgumentException("a ] is missing in path " + text);
        }
        String inside = text.substring(open + 1, close).strip();
        if (inside.isEmpty()) {
            steps.add(new Step.Each());
        } else if (inside.startsWith("\"")) {
            steps.add(new Step.Field(inside.substring(1, inside.length() - 1)));
        } else if (inside.matches("\\d{1,6}")) {
            steps.add(new Step.At(Integer.parseInt(inside)));
        } else {
            throw new IllegalArgumentException(
                    "[" + inside + "] in path " + text + " is not understood");
        }
        return close + 1;
    }

    /** The values found, as text; null and missing ones are not among them. */
    List<String> values(JsonNode object) {
        List<String> values = new ArrayList<>();
        for (JsonNode node : find(object)) {
            values.add(node.isString() ? node.stringValue() : Json.string(node));
        }
        return values;
    }

    private List<JsonNode> find(JsonNode object) {
        List<JsonNode> found = List.of(object);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                follow(step, node, next);
            }
            found = next;
        }
        return found;
    }

    private static void follow(Step step, JsonNode node, List<JsonNode> next) {
        switch (step) {
            case Step.Field(String name) -> add(node.get(name), next);
            case Step.At(int index) -> add(node.get(index), next);
            case Step.Each() -> node.values().forEach(value -> add(value, next));
            case Step.Select(JqPath path, boolean equal, String value) -> {
                if (path.values(node).contains(value) == equal) {
                    next.add(node);
                }
            }
        }
    }

    private static void add(@Nullable JsonNode node, List<JsonNode> next) {
        if (node != null && !node.isNull()) {
            next.add(node);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
