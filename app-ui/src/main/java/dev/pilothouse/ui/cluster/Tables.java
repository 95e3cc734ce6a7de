package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the server's Table answers (meta.k8s.io/v1). */
final class Tables {

    private Tables() {}

    static List<Column> columns(JsonNode table) {
        return Json.objects(table, "columnDefinitions").stream().map(Tables::column).toList();
    }

    private static Column column(ObjectNode definition) {
        String type = Json.text(definition, "type");
        return new Column(
                Json.text(definition, "name"),
                type.equals("integer") || type.equals("number"),
                Json.number(definition, 0, "priority") > 0);
    }

    static List<Row> rows(JsonNode table) {
        List<Row> rows = new ArrayList<>();
        for (ObjectNode row : Json.objects(table, "rows")) {
            List<String> cells = new ArrayList<>();
            row.path("cells").forEach(cell -> cells.add(text(cell)));
            JsonNode metadata = row.path("object").path("metadata");
            rows.add(
                    new Row(
                            Json.text(metadata, "uid"),
                            Json.text(metadata, "namespace"),
                            Json.text(metadata, "name"),
                            Json.text(metadata, "creationTimestamp"),
                            Json.text(metadata, "resourceVersion"),
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
