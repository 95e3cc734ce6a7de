package dev.pilothouse.ui.yaml;

import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.ui.i18n.Visible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * YAML that people can look at whatever is in it. Values with very long lines are broken into short
 * ones, and those with marks that turn writing direction or are not seen name them: both as YAML's
 * double-quoted scalars allow (YAML 1.2.2, section 7.3.1), so that the value remains the same.
 */
public final class LongValues {

    /** Letters of a line from which on it is broken; controls lay out a line as a whole. */
    static final int LONG = 1_000;

    /** Letters of a line that no control lays out in a moment. */
    private static final int TOO_LONG = 20_000;

    /** Letters of the lines that it is broken into. */
    static final int WIDTH = 120;

    private LongValues() {}

    /** Writes a tree. */
    public static String write(JsonNode tree) {
        String text = write(tree, LongValues::isOdd);
        // Of many lines as well, when something in them keeps them from being written as lines.
        return longest(text) <= LONG + WIDTH
                ? text
                : write(tree, value -> isOdd(value) || value.length() > LONG);
    }

    private static int longest(String text) {
        return text.lines().mapToInt(String::length).max().orElse(0);
    }

    private static String write(JsonNode tree, Predicate<String> odd) {
        if (!has(tree, odd)) {
            return new String(YamlWriter.write(tree), StandardCharsets.UTF_8);
        }
        List<String> values = new ArrayList<>();
        String token = "value" + UUID.randomUUID().toString().replace("-", "") + "x";
        JsonNode copy = tree.deepCopy();
        take(copy, token, odd, values);
        String text = new String(YamlWriter.write(copy), StandardCharsets.UTF_8);
        StringBuilder whole = new StringBuilder(text.length());
        int at = 0;
        for (int found = text.indexOf(token); found >= 0; found = text.indexOf(token, at)) {
            int end = text.indexOf('z', found + token.length());
            int value = Integer.parseInt(text.substring(found + token.length(), end));
            whole.append(text, at, found);
            quote(values.get(value), indent(text, found), whole);
            at = end + 1;
        }
        return whole.append(text, at, text.length()).toString();
    }

    /**
     * A text of others as it can be edited: one with a line that is too long for that is written
     * anew. Null when it cannot be, since it is not YAML.
     */
    public static @Nullable String tamed(String text) {
        if (longest(text) <= TOO_LONG) {
            return text;
        }
        StringBuilder tamed = new StringBuilder();
        for (YamlDocument document : YamlDocument.parse(text)) {
            ObjectNode object = document.object();
            if (object == null || !document.problems().isEmpty()) {
                return null;
            }
            tamed.append(tamed.isEmpty() ? "" : "---\n").append(write(object));
        }
        return tamed.toString();
    }

    private static boolean has(JsonNode node, Predicate<String> odd) {
        if (node.isString()) {
            return odd.test(node.stringValue());
        }
        for (JsonNode child : node) {
            if (has(child, odd)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOdd(String value) {
        return isLong(value) || Visible.turnsOrHides(value);
    }

    private static boolean isLong(String value) {
        int start = 0;
        while (value.length() - start > LONG) {
            int end = value.indexOf('\n', start);
            if (end < 0 || end - start > LONG) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /** Puts a short word in the place of each odd value. */
    private static void take(
            JsonNode node, String token, Predicate<String> odd, List<String> values) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                JsonNode value = field.getValue();
                if (value.isString() && odd.test(value.stringValue())) {
                    object.set(field.getKey(), word(value, token, values));
                } else {
                    take(value, token, odd, values);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                if (value.isString() && odd.test(value.stringValue())) {
                    array.set(i, word(value, token, values));
                } else {
                    take(value, token, odd, values);
                }
            }
        }
    }

    private static JsonNode word(JsonNode value, String token, List<String> values) {
        values.add(value.stringValue());
        return StringNode.valueOf(token + (values.size() - 1) + "z");
    }

    /** Further in than the key or the dash that the value belongs to. */
    private static String indent(String text, int at) {
        int start = text.lastIndexOf('\n', at) + 1;
        int end = start;
        while (end < at && (text.charAt(end) == ' ' || text.startsWith("- ", end))) {
            end++;
        }
        return " ".repeat(end - start + 2);
    }

    private static void quote(String value, String indent, StringBuilder to) {
        boolean broken = value.length() > WIDTH;
        to.append('"');
        int width = 0;
        int length = value.length();
        for (int i = 0; i < length; ) {
            int letter = value.codePointAt(i);
            i += Character.charCount(letter);
            // Blanks at the beginning of a line would be taken for indentation.
            boolean first = broken && width == 0 && to.charAt(to.length() - 1) != '"';
            int before = to.length();
            escape(letter, first, to);
            width += to.length() - before;
            if (broken && i < length && (width >= WIDTH || letter == '\n')) {
                to.append("\\\n").append(indent);
                width = 0;
            }
        }
        to.append('"');
    }

    private static void escape(int letter, boolean first, StringBuilder to) {
        switch (letter) {
            case '"' -> to.append("\\\"");
            case '\\' -> to.append("\\\\");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            case ' ' -> to.append(first ? "\\ " : " ");
            default -> {
                if (Visible.isInvisible(letter) || isAlone(letter)) {
                    to.append(String.format(letter < 0x100 ? "\\x%02x" : "\\u%04X", letter));
                } else {
                    to.appendCodePoint(letter);
                }
            }
        }
    }

    /** Half of a letter of two chars, which no encoding can write. */
    private static boolean isAlone(int letter) {
        return letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
    }
}
