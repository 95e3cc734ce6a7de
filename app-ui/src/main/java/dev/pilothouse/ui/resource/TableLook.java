package dev.pilothouse.ui.resource;

import dev.pilothouse.model.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the user has arranged a table.
 *
 * @param columns from left to right; those that are not named follow as they come
 * @param sorts what it is sorted by, the most important first
 */
public record TableLook(List<Shown> columns, List<Sort> sorts) {

    /** As it comes. */
    public static final TableLook USUAL = new TableLook(List.of(), List.of());

    /**
     * A column.
     *
     * @param key names it
     * @param width in pixels
     */
    public record Shown(String key, boolean visible, double width) {}

    /** A column that is sorted by. */
    public record Sort(String key, boolean descending) {}

    /** Copies the lists. */
    public TableLook {
        columns = List.copyOf(columns);
        sorts = List.copyOf(sorts);
    }

    /** As JSON. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        ArrayNode written = json.putArray("columns");
        for (Shown column : columns) {
            written.addObject()
                    .put("key", column.key)
                    .put("visible", column.visible)
                    .put("width", Math.rint(column.width));
        }
        ArrayNode sorted = json.putArray("sort");
        for (Sort sort : sorts) {
            sorted.addObject().put("key", sort.key).put("descending", sort.descending);
        }
        return json;
    }

    /** From JSON; what is missing is as it comes. */
    public static TableLook fromJson(JsonNode json) {
        return new TableLook(
                Json.objects(json, "columns").stream()
                        .map(column ->
                                new Shown(
                                        Json.text(column, "key"),
                                        column.path("visible").asBoolean(true),
                                        column.path("width").asDouble(0)))
                        .toList(),
                Json.objects(json, "sort").stream()
                        .map(sort ->
                                new Sort(
                                        Json.text(sort, "key"),
                                        sort.path("descending").asBoolean(false)))
                        .toList());
    }
}
