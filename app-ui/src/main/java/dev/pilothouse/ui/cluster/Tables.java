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

    /** Headings of all columns, the wide ones too. */
    static List<String> columns(JsonNode table) {
        return Json.objects(table, "columnDefinitions").stream()
                .map(column -> Json.text(column, "name"))
                .toList();
    }

    static List<Row> rows(JsonNode table) {
        List<Row> rows = new ArrayList<>();
        for (ObjectNode row : Json.objects(table, "rows")) {
            List<String> cells = new ArrayList<>();
            row.path("cells").forEach(cell -> cells.add(text(cell)));
            rows.add(
                    new Row(
                            Json.text(row, "object", "metadata", "uid"),
                            Json.text(row, "object", "metadata", "namespace"),
                            Json.text(row, "object", "metadata", "name"),
                            cells));
        }
        return rows;
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
