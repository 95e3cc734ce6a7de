package dev.pilothouse.ui.yaml;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One document of a text.
 *
 * @param span where it stands, without the line that separates it from the one before
 * @param root its value; null when it is empty or not YAML
 * @param problems what is wrong with it as YAML
 */
public record YamlDocument(Span span, @Nullable YamlNode root, List<Problem> problems) {

    /** Copies the list. */
    public YamlDocument {
        problems = List.copyOf(problems);
    }

    /** All documents of a text; empty ones between separators are left out. */
    public static List<YamlDocument> parse(String text) {
        List<YamlDocument> documents = new ArrayList<>();
        for (Span part : parts(text)) {
            YamlDocument document = YamlParser.parse(text, part);
            if (document.root() != null || !document.problems().isEmpty()) {
                documents.add(document);
            }
        }
        return documents;
    }

    /** The parts between lines that begin with three dashes. */
    private static List<Span> parts(String text) {
        List<Span> parts = new ArrayList<>();
        int start = 0;
        for (int line = 0; line < text.length(); line = Lines.next(text, line)) {
            if (isSeparator(text, line)) {
                parts.add(new Span(start, line));
                // What stands behind the dashes belongs to the document.
                start = line + 3;
            }
            if (Lines.end(text, line) == text.length()) {
                break;
            }
        }
        parts.add(new Span(start, text.length()));
        return parts;
    }

    private static boolean isSeparator(String text, int line) {
        return text.startsWith("---", line)
                && (line + 3 == text.length() || Character.isWhitespace(text.charAt(line + 3)));
    }

    /** The value as an object; null when it is none. */
    public @Nullable ObjectNode object() {
        return root instanceof YamlNode.Mapping mapping ? mapping.json() : null;
    }

    /**
     * The text of a field at the top, found by its line, so that it is known also while the rest is
     * not YAML; empty for none.
     *
     * @param text the whole text
     */
    public String said(String field, String text) {
        Matcher line =
                Pattern.compile("(?m)^" + field + ":[ \\t]*[\"']?([^\\s\"'#]+)")
                        .matcher(text.substring(span.start(), Math.min(span.end(), text.length())));
        return line.find() ? line.group(1) : "";
    }

    /** The apiVersion, empty for none. */
    public String apiVersion() {
        return Json.text(object(), "apiVersion");
    }

    /** The kind, empty for none. */
    public String kind() {
        return Json.text(object(), "kind");
    }
}
