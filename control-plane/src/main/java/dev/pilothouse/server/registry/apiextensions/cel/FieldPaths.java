package dev.pilothouse.server.registry.apiextensions.cel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Paths in {@code fieldPath}: {@code .field} and {@code ['name']}. Source:
 * apiextensions-apiserver's pkg/apiserver/schema/cel/validation.go, ValidFieldPath.
 */
final class FieldPaths {

    private final String path;
    private final StringBuilder normalized = new StringBuilder();
    private ObjectNode schema;
    private int next;

    private FieldPaths(String path, ObjectNode schema) {
        this.path = path;
        this.schema = schema;
    }

    /** What is wrong with a path into values of a schema, or null when it is good. */
    static @Nullable String complaint(String path, ObjectNode schema) {
        try {
            new FieldPaths(path, schema).walk();
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** The path as errors show it, "" for none. */
    static String normalized(String path, ObjectNode schema) {
        if (path.isEmpty()) {
            return "";
        }
        FieldPaths walk = new FieldPaths(path, schema);
        try {
            walk.walk();
            return walk.normalized.toString();
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private void walk() {
        List<String> tokens = tokens();
        while (next < tokens.size()) {
            String token = tokens.get(next++);
            switch (token) {
                case "." -> step(take(tokens));
                case "[" -> {
                    String quoted = take(tokens);
                    if (quoted.length() < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
                        throw new IllegalArgumentException(
                                "expected single quoted string but got " + quoted);
                    }
                    step(unquote(quoted.substring(1, quoted.length() - 1)));
                    String end = take(tokens);
                    if (!end.equals("]")) {
                        throw new IllegalArgumentException("expected ] but got " + end);
                    }
                }
                default -> throw new IllegalArgumentException("expected [ or . but got: " + token);
            }
        }
    }

    private String take(List<String> tokens) {
        if (next >= tokens.size()) {
            throw new IllegalArgumentException("unexpected end of JSON path");
        }
        return tokens.get(next++);
    }

    private void step(String name) {
        ObjectNode property = Schemas.property(schema, name);
        ObjectNode other = Schemas.additional(schema);
        boolean declares = schema.get("properties") instanceof ObjectNode;
        ObjectNode target = declares ? property : other;
        if (target == null) {
            throw new IllegalArgumentException("does not refer to a valid field");
        }
        if (!declares) {
            normalized.append('[').append(name).append(']');
        } else {
            normalized.append(normalized.isEmpty() ? "" : ".").append(name);
        }
        schema = target;
    }

    private List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            int end = at + 1;
            char first = path.charAt(at);
            if (first == '\'') {
                while (end < path.length()
                        && (path.charAt(end) != '\'' || path.charAt(end - 1) == '\\')) {
                    end++;
                }
                end = Math.min(end + 1, path.length());
            } else if (".[]".indexOf(first) < 0) {
                while (end < path.length() && ".[]".indexOf(path.charAt(end)) < 0) {
                    end++;
                }
            }
            tokens.add(path.substring(at, end));
            at = end;
        }
        return tokens;
    }

    private static String unquote(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            plain.append(
                    switch (escaped) {
                        case 'a' -> '\u0007';
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        case 'v' -> '\u000b';
                        case '\'', '\\' -> escaped;
                        default ->
                                throw new IllegalArgumentException(
                                        "invalid string literal: invalid escape char \\" + escaped);
                    });
        }
        return plain.toString();
    }
}
