package dev.pilothouse.ui.list;

import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists as files. */
final class Export {

    private Export() {}

    /** Lines of cells, as RFC 4180 writes them. */
    static byte[] csv(List<List<String>> lines) {
        String text =
                lines.stream()
                        .map(line ->
                                line.stream().map(Export::cell).collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\r\n", "", "\r\n"));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        // A spreadsheet would take these for formulas.
        String safe = text.matches("[=+@].*") ? "'" + text : text;
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** A List, as kubectl writes it. */
    static byte[] json(List<ObjectNode> objects) {
        ObjectNode list = Json.object().put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        items.addAll(objects);
        return (list.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** One document per object. */
    static byte[] yaml(List<ObjectNode> objects) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (ObjectNode object : objects) {
            text.writeBytes("---\n".getBytes(StandardCharsets.UTF_8));
            text.writeBytes(YamlWriter.write(object));
        }
        return text.toByteArray();
    }
}
