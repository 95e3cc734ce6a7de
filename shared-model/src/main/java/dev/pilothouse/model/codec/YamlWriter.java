package dev.pilothouse.model.codec;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes trees as block-style YAML in the look of kubectl: sorted keys, list dashes in the column
 * of their key, text quoted when it would be read as something else. Stateless and thread-safe.
 */
public final class YamlWriter {

    private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d\\d?-\\d\\d?([Tt \\t].*)?");
    private static final Pattern BASE_60 =
            Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final String NEVER_FIRST = "-?:,[]{}#&*!|>'\"%@` =";

    /** Longest key that readers accept without an explicit key mark. */
    private static final int LONGEST_SIMPLE_KEY = 500;

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** UTF-8 YAML of a tree, with a line break at its end. */
    public static byte[] write(JsonNode node) {
        YamlWriter writer = new YamlWriter();
        writer.value(node, 0);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a value at the start of a line or after a dash, and ends the line. */
    private void value(JsonNode node, int indent) {
        switch (node) {
            case ObjectNode object when !object.isEmpty() -> mapping(object, indent);
            case ArrayNode array when !array.isEmpty() -> sequence(array, indent);
            default -> scalar(node, indent);
        }
    }

    private void mapping(ObjectNode object, int indent) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        boolean first = true;
        for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
            if (!first) {
                indent(indent);
            }
            first = false;
            key(entry.getKey(), indent);
            entryValue(entry.getValue(), indent);
        }
    }

    private void key(String key, int indent) {
        if (key.length() > LONGEST_SIMPLE_KEY) {
            out.append("? ").append(inline(key)).append('\n');
            indent(indent);
        } else {
            out.append(inline(key));
        }
        out.append(':');
    }

    private void entryValue(JsonNode value, int indent) {
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            out.append('\n');
            indent(indent + 2);
            mapping(object, indent + 2);
        } else if (value instanceof ArrayNode array && !array.isEmpty()) {
            out.append('\n');
            indent(indent);
            sequence(array, indent);
        } else {
            out.append(' ');
            scalar(value, indent + 2);
        }
    }

    private void sequence(ArrayNode array, int indent) {
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                indent(indent);
            }
            out.append("- ");
            value(array.get(i), indent + 2);
        }
    }

    private void indent(int columns) {
        out.repeat(' ', columns);
    }

    private void scalar(JsonNode node, int indent) {
        if (node.isString() && literalAllowed(node.stringValue())) {
            literal(node.stringValue(), Math.max(indent, 2));
        } else if (node.isString()) {
            out.append(inline(node.stringValue())).append('\n');
        } else {
            out.append(Json.string(node)).append('\n');
        }
    }

    private static boolean literalAllowed(String text) {
        if (text.indexOf('\n') < 0 || " \t\n".indexOf(text.charAt(0)) >= 0) {
            return false;
        }
        return text.codePoints().allMatch(c -> c == '\n' || c == '\t' || printable(c));
    }

    private void literal(String text, int indent) {
        out.append('|');
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.endsWith("\n\n")) {
            out.append('+');
        }
        out.append('\n');
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            if (!line.isEmpty()) {
                indent(indent);
                out.append(line);
            }
            out.append('\n');
        }
    }

    /** Text on one line: plain when it reads back the same, else quoted. */
    private static String inline(String text) {
        if (!text.codePoints().allMatch(YamlWriter::printable)) {
            return doubleQuoted(text);
        }
        if (YamlScalars.readsAsOther(text)
                || TIMESTAMP.matcher(text).matches()
                || BASE_60.matcher(text).matches()) {
            return doubleQuoted(text);
        }
        return plainAllowed(text) ? text : "'" + text.replace("'", "''") + "'";
    }

    private static boolean plainAllowed(String text) {
        char first = text.charAt(0);
        boolean dashedWord =
                first == '-'
                        && text.length() > 1
                        && text.charAt(1) != ' '
                        && !text.startsWith("---");
        boolean flag = text.startsWith("--") && text.length() > 2 && text.charAt(2) != '-';
        if (NEVER_FIRST.indexOf(first) >= 0 && !dashedWord && !flag) {
            return false;
        }
        return !text.endsWith(" ")
                && !text.endsWith(":")
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.startsWith("...");
    }

    private static boolean printable(int c) {
        return (c >= 0x20 && c < 0x7F)
                || (c >= 0xA0 && c <= 0xD7FF && c != 0x2028 && c != 0x2029)
                || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF)
                || c >= 0x10000;
    }

    private static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\r' -> quoted.append("\\r");
                        case '\t' -> quoted.append("\\t");
                        default -> {
                            if (printable(c)) {
                                quoted.appendCodePoint(c);
                            } else if (c < 0x100) {
                                quoted.append("\\x%02x".formatted(c));
                            } else {
                                quoted.append("\\u%04x".formatted(c));
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }
}
