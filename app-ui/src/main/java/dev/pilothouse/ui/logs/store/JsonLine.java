package dev.pilothouse.ui.logs.store;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line that is a JSON object, for people: chosen fields as columns, the message, then the other
 * fields as name=value.
 *
 * @param message its message; empty when it has none
 * @param fields the other fields, without time and level
 */
public record JsonLine(String message, Map<String, String> fields) {

    private static final int COLUMN = 18;
    private static final int LONGEST = 1 << 16;
    private static final int MUTED = 8;
    private static final Set<String> MESSAGES = Set.of("msg", "message", "@message", "@m");
    private static final Set<String> LEFT_OUT =
            Set.of("time", "ts", "timestamp", "@timestamp", "@t");

    /** Reads a line; empty when it is no JSON object. */
    public static Optional<JsonLine> parse(String line) {
        String text = line.strip();
        if (!text.startsWith("{") || !text.endsWith("}") || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Json.parse(text) instanceof ObjectNode object
                    ? Optional.of(of(object))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static JsonLine of(ObjectNode object) {
        String message = "";
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            String text = value.isValueNode() ? value.asString("") : value.toString();
            if (message.isEmpty() && MESSAGES.contains(name.toLowerCase(Locale.ROOT))) {
                message = text;
            } else if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
                fields.put(name, text);
            }
        }
        return new JsonLine(message, fields);
    }

    /**
     * The line to be shown.
     *
     * @param columns fields that stand in front of the message, each in a column of its own
     */
    public Ansi.Line layOut(List<String> columns) {
        var text = new StringBuilder();
        List<Ansi.Span> spans = new ArrayList<>();
        for (String column : columns) {
            String value = fields.getOrDefault(column, "");
            String shown = value.length() > COLUMN ? value.substring(0, COLUMN - 1) + "…" : value;
            text.append(shown).repeat(' ', COLUMN + 1 - shown.length());
        }
        text.append(message);
        fields.forEach((name, value) -> {
            if (!columns.contains(name)) {
                text.append(text.isEmpty() ? "" : "  ");
                spans.add(muted(text.length(), text.length() + name.length() + 1));
                text.append(name).append('=').append(value);
            }
        });
        Ansi.Line clean = Ansi.parse(text.toString());
        return clean.spans().isEmpty() && clean.text().length() == text.length()
                ? new Ansi.Line(clean.text(), spans)
                : clean;
    }

    private static Ansi.Span muted(int from, int to) {
        return new Ansi.Span(from, to, MUTED, Ansi.DEFAULT, false, false, false);
    }
}
