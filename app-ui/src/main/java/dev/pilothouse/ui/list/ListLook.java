package dev.pilothouse.ui.list;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ExtraColumn;
import dev.pilothouse.ui.resource.Grouping;
import dev.pilothouse.ui.resource.TableLook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the user has arranged a list.
 *
 * @param extra the columns that the user has made
 * @param table the order, widths and sorting of all columns
 * @param group what rows are grouped by
 */
record ListLook(List<ExtraColumn> extra, TableLook table, Grouping group) {

    /** As it comes. */
    static final ListLook USUAL = new ListLook(List.of(), TableLook.USUAL, Grouping.NONE);

    /** Copies the list. */
    ListLook {
        extra = List.copyOf(extra);
    }

    ObjectNode toJson() {
        ObjectNode json = table.toJson();
        ArrayNode made = json.putArray("extra");
        for (ExtraColumn column : extra) {
            made.addObject().put("name", column.name()).put("expression", column.expression());
        }
        return json.put("group", group.key());
    }

    /** From JSON; what is missing or cannot be read is as it comes. */
    static ListLook fromJson(JsonNode json) {
        List<ExtraColumn> extra = new ArrayList<>();
        for (ObjectNode column : Json.objects(json, "extra")) {
            try {
                extra.add(
                        new ExtraColumn(
                                Json.text(column, "name"), Json.text(column, "expression")));
            } catch (IllegalArgumentException e) {
                // Somebody has edited the file; the other columns are good.
                continue;
            }
        }
        return new ListLook(extra, TableLook.fromJson(json), Grouping.of(Json.text(json, "group")));
    }

    /** From the text of JSON. */
    static ListLook parse(String text) {
        try {
            return fromJson(Json.parse(text.getBytes(StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            return USUAL;
        }
    }
}
