package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.json.JsonPath;
import dev.pilothouse.model.meta.HumanDuration;
import dev.pilothouse.model.schema.ResourceSchema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of custom resources by the additionalPrinterColumns of their definition. Source:
 * apiextensions-apiserver registry/customresource/tableconvertor.
 */
final class CustomPrinter implements RowPrinter {

    private final List<Column> columns;
    private final List<@Nullable JsonPath> paths;

    private CustomPrinter(List<Column> columns, List<@Nullable JsonPath> paths) {
        this.columns = columns;
        this.paths = paths;
    }

    static CustomPrinter of(@Nullable JsonNode additionalPrinterColumns) {
        List<Column> columns = new ArrayList<>(TableColumns.of("Name"));
        List<@Nullable JsonPath> paths = new ArrayList<>();
        if (additionalPrinterColumns == null || additionalPrinterColumns.isEmpty()) {
            columns.add(new Column("Age", "date", "", 0));
            paths.add(JsonPath.parse(".metadata.creationTimestamp"));
        } else {
            for (JsonNode column : additionalPrinterColumns) {
                columns.add(
                        new Column(
                                Json.text(column, "name"),
                                Json.text(column, "type"),
                                Json.text(column, "format"),
                                (int) Json.number(column, 0, "priority")));
                paths.add(path(Json.text(column, "jsonPath")));
            }
        }
        return new CustomPrinter(List.copyOf(columns), paths);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public List<@Nullable Object> cells(ObjectNode object, Instant now) {
        List<@Nullable Object> cells = new ArrayList<>(columns.size());
        cells.add(Cells.name(object));
        for (int i = 0; i < paths.size(); i++) {
            JsonPath path = paths.get(i);
            List<JsonNode> found = path == null ? List.of() : path.find(object);
            cells.add(
                    found.isEmpty() || found.getFirst().isNull()
                            ? null
                            : cell(columns.get(i + 1).type(), found.getFirst(), now));
        }
        return cells;
    }

    /** A path that definitions admitted long ago may be bad; its column then stays empty. */
    private static @Nullable JsonPath path(String text) {
        try {
            return JsonPath.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Object cell(String type, JsonNode value, Instant now) {
        return switch (type) {
            case "integer" -> value.isNumber() ? (Object) value.asLong() : null;
            case "number" -> number(value);
            case "boolean" -> value.isBoolean() ? (Object) value.booleanValue() : null;
            case "string" -> Cells.plain(value);
            case "date" -> value.isString() ? HumanDuration.since(value.stringValue(), now) : null;
            default -> null;
        };
    }

    private static @Nullable Object number(JsonNode value) {
        if (!value.isNumber()) {
            return null;
        }
        return value.isIntegralNumber() ? (Object) value.asLong() : (Object) value.asDouble();
    }
}
