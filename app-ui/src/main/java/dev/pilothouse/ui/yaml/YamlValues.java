package dev.pilothouse.ui.yaml;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.JsonNode;

/** Writes values into the places of a text. */
final class YamlValues {

    private YamlValues() {}

    /** Whether a value stands behind its key, in the same line. */
    static boolean isInline(JsonNode value) {
        return value.isEmpty()
                && !(value.isString()
                        && (value.stringValue().contains("\n")
                                || value.stringValue().length() > LongValues.LONG));
    }

    /** The text of a value in the look of kubectl, without the last line break. */
    static String block(JsonNode value) {
        String text = LongValues.write(value);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** What stands behind the colon of a key in this column. */
    static String behindKey(JsonNode value, int column) {
        if (value.isEmpty() && value.isContainer() || isInline(value)) {
            return " " + block(value);
        }
        if (value.isString()) {
            return " " + literal(value, column);
        }
        // Dashes stand in the column of their key, fields two columns further.
        int indent = value.isArray() ? column : column + 2;
        return "\n" + " ".repeat(indent) + indented(block(value), indent);
    }

    /** What stands behind a dash in this column. */
    static String behindDash(JsonNode value, int column) {
        return " "
                + (value.isString() && !isInline(value)
                        ? literal(value, column)
                        : indented(block(value), column + 2));
    }

    /** A line with a key and its value, without a line break at its end. */
    static String entry(String key, JsonNode value, int column) {
        String name = block(Json.object().put(key, 0));
        return " ".repeat(column) + name.substring(0, name.length() - 2) + behindKey(value, column);
    }

    /** A value within braces or brackets. */
    static String flow(JsonNode value) {
        return Json.string(value);
    }

    private static String literal(JsonNode value, int column) {
        String text = block(value);
        // Text with odd characters is quoted, not written as lines.
        return text.startsWith("|") || text.contains("\\\n") ? indented(text, column) : text;
    }

    private static String indented(String text, int columns) {
        return text.replaceAll("\n(?!\n|$)", "\n" + " ".repeat(columns));
    }
}
