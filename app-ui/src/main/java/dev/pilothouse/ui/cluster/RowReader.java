package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes rows of the server's Table answers (meta.k8s.io/v1); of each object it keeps no more than a
 * row has. One thread.
 */
final class RowReader {

    /** So many different texts are kept to be shared; then it begins anew. */
    private static final int POOL = 20_000;

    private static final String HASH = "pod-template-hash";

    private final List<ExtraColumn> extra;
    private final List<JsonPath> paths;
    private final Map<Map<String, String>, Map<String, String>> labels = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    RowReader(List<ExtraColumn> extra) {
        this.extra = extra;
        this.paths = extra.stream().map(ExtraColumn::path).toList();
    }

    /** The server's columns, then the further ones. */
    List<Column> columns(JsonNode table) {
        List<Column> columns = new ArrayList<>();
        for (ObjectNode definition : Json.objects(table, "columnDefinitions")) {
            String type = Json.text(definition, "type");
            columns.add(
                    new Column(
                            Json.text(definition, "name"),
                            type.equals("integer") || type.equals("number"),
                            Json.number(definition, 0, "priority") > 0));
        }
        extra.forEach(column -> columns.add(new Column(column.name(), false, false)));
        return columns;
    }

    List<Row> rows(JsonNode table) {
        List<Row> rows = new ArrayList<>();
        for (ObjectNode row : Json.objects(table, "rows")) {
            List<String> cells = new ArrayList<>();
            row.path("cells").forEach(cell -> cells.add(shared(text(cell))));
            JsonNode object = row.path("object");
            paths.forEach(path -> cells.add(shared(ExtraColumn.cell(path, object))));
            JsonNode metadata = object.path("metadata");
            Map<String, String> marked = labels(metadata);
            rows.add(
                    new Row(
                            Json.text(metadata, "uid"),
                            shared(Json.text(metadata, "namespace")),
                            Json.text(metadata, "name"),
                            shared(Json.text(metadata, "creationTimestamp")),
                            Json.text(metadata, "resourceVersion"),
                            shared(owner(metadata, marked)),
                            marked,
                            cells));
        }
        return rows;
    }

    /** The revision an event or a list stands for, empty when it says none. */
    static String revision(JsonNode table) {
        String ofList = Json.text(table, "metadata", "resourceVersion");
        return ofList.isEmpty()
                ? Json.text(table.path("rows").path(0), "object", "metadata", "resourceVersion")
                : ofList;
    }

    private Map<String, String> labels(JsonNode metadata) {
        JsonNode all = metadata.path("labels");
        if (all.isEmpty()) {
            return Map.of();
        }
        Map<String, String> read = new HashMap<>();
        all.properties().forEach(label -> read.put(label.getKey(), label.getValue().asString("")));
        if (labels.size() > POOL) {
            labels.clear();
        }
        Map<String, String> copy = Map.copyOf(read);
        Map<String, String> before = labels.putIfAbsent(copy, copy);
        return before == null ? copy : before;
    }

    /**
     * Its controller. That of a Deployment's pod is named by the ReplicaSet between them, whose
     * name ends with the hash that the pod carries as well.
     */
    private static String owner(JsonNode metadata, Map<String, String> labels) {
        for (ObjectNode reference : Json.objects(metadata, "ownerReferences")) {
            if (reference.path("controller").asBoolean(false)) {
                String kind = Json.text(reference, "kind");
                String name = Json.text(reference, "name");
                String end = "-" + labels.getOrDefault(HASH, "");
                return kind.equals("ReplicaSet") && end.length() > 1 && name.endsWith(end)
                        ? "Deployment/" + name.substring(0, name.length() - end.length())
                        : kind + "/" + name;
            }
        }
        return "";
    }

    /** Most cells say what many others say: Running, 1/1, the name of a node. */
    private String shared(String text) {
        if (text.length() > 40) {
            return text;
        }
        if (texts.size() > POOL) {
            texts.clear();
        }
        String before = texts.putIfAbsent(text, text);
        return before == null ? text : before;
    }

    /** Cells may be any JSON value; kubectl prints arrays joined by commas and null as nothing. */
    private static String text(JsonNode cell) {
        if (cell.isNull()) {
            return "";
        }
        if (cell.isArray()) {
            var joined = new StringJoiner(",");
            cell.forEach(element -> joined.add(text(element)));
            return joined.toString();
        }
        return cell.isValueNode() ? cell.asString() : cell.toString();
    }
}
