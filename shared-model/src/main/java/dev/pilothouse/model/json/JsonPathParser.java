package dev.pilothouse.model.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recursive-descent parser of {@link JsonPath}. */
final class JsonPathParser {

    private final String text;
    private int position;

    JsonPathParser(String text) {
        String trimmed = text.strip();
        boolean braces = trimmed.startsWith("{") && trimmed.endsWith("}");
        this.text = braces ? trimmed.substring(1, trimmed.length() - 1).strip() : trimmed;
    }

    List<PathStep> parse() {
        if (peek() == '$' || peek() == '@') {
            position++;
        }
        List<PathStep> steps = new ArrayList<>();
        boolean first = true;
        while (position < text.length()) {
            steps.addAll(step(first));
            first = false;
        }
        return List.copyOf(steps);
    }

    private List<PathStep> step(boolean first) {
        char c = peek();
        if (c == '[') {
            return List.of(bracket());
        }
        if (c != '.') {
            if (first) {
                return List.of(member());
            }
            throw malformed("unexpected character " + c);
        }
        position++;
        if (peek() == '.') {
            position++;
            List<PathStep> steps = new ArrayList<>();
            steps.add(new PathStep.Descent());
            if (peek() != '[') {
                steps.add(member());
            }
            return steps;
        }
        if (position == text.length() || peek() == '[') {
            return List.of();
        }
        return List.of(member());
    }

    private PathStep member() {
        if (peek() == '*') {
            position++;
            return new PathStep.Wildcard();
        }
        StringBuilder name = new StringBuilder();
        while (position < text.length() && peek() != '.' && peek() != '[') {
            if (peek() == '\\' && position + 1 < text.length()) {
                position++;
            }
            name.append(text.charAt(position++));
        }
        if (name.isEmpty()) {
            throw malformed("a field name is missing");
        }
        return new PathStep.Child(name.toString());
    }

    private PathStep bracket() {
        String inside = inside();
        if (inside.startsWith("?(") && inside.endsWith(")")) {
            return new PathStep.Filter(
                    PathCondition.parse(inside.substring(2, inside.length() - 1)));
        }
        List<PathStep> steps = new ArrayList<>();
        for (String part : split(inside)) {
            steps.add(selector(part.strip()));
        }
        return steps.size() == 1 ? steps.getFirst() : new PathStep.Union(List.copyOf(steps));
    }

    /** The text up to the closing bracket that belongs to the one here; moves past it. */
    private String inside() {
        int start = ++position;
        int depth = 1;
        char quote = 0;
        for (; position < text.length(); position++) {
            char c = peek();
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && --depth == 0) {
                return text.substring(start, position++).strip();
            }
        }
        throw malformed("a bracket is not closed");
    }

    private static List<String> split(String inside) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        char quote = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == ',') {
                parts.add(inside.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(inside.substring(start));
        return parts;
    }

    private PathStep selector(String part) {
        if (part.equals("*")) {
            return new PathStep.Wildcard();
        }
        if (part.length() >= 2 && (part.charAt(0) == '\'' || part.charAt(0) == '"')) {
            return new PathStep.Child(part.substring(1, part.length() - 1));
        }
        String[] bounds = part.split(":", -1);
        if (bounds.length > 3) {
            throw malformed("a slice has three parts at most");
        }
        if (bounds.length == 1) {
            return new PathStep.Index(required(bounds[0]));
        }
        int step = bounds.length == 3 && !bounds[2].isBlank() ? required(bounds[2]) : 1;
        if (step < 1) {
            throw malformed("a step must be positive");
        }
        return new PathStep.Slice(number(bounds[0]), number(bounds[1]), step);
    }

    private @Nullable Integer number(String digits) {
        return digits.isBlank() ? null : Integer.valueOf(required(digits));
    }

    private int required(String digits) {
        try {
            return Integer.parseInt(digits.strip());
        } catch (NumberFormatException e) {
            throw malformed("invalid array index " + digits);
        }
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : 0;
    }

    private IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("invalid JSONPath " + text + ": " + why);
    }
}
