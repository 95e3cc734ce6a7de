package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.ResourceSchema.Column;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes meta.k8s.io Tables and PartialObjectMetadata. Source: meta/v1 types. Thread-safe. */
public final class Tables {

    /** What of its object a row carries: the query parameter {@code includeObject}. */
    public enum IncludeObject {
        NONE,
        METADATA,
        OBJECT;

        /**
         * Reads the parameter; empty means Metadata.
         *
         * @throws IllegalArgumentException for an unknown value
         */
        public static IncludeObject of(String value) {
            return switch (value) {
                case "", "Metadata" -> METADATA;
                case "None" -> NONE;
                case "Object" -> OBJECT;
                default ->
                        throw new IllegalArgumentException(
                                "unrecognized includeObject value: \"" + value + "\"");
            };
        }
    }

    /**
     * A row.
     *
     * @param cells one value per column
     * @param conditions for example Completed
     * @param object what the row carries of its object, or null
     */
    public record Row(
            List<@Nullable Object> cells, List<ObjectNode> conditions, @Nullable JsonNode object) {}

    private Tables() {}

    /** {@code v1} or {@code v1beta1} of meta.k8s.io as an apiVersion. */
    public static String apiVersion(String version) {
        return "meta.k8s.io/" + version;
    }

    /**
     * A table of given rows.
     *
     * @param version {@code v1} or {@code v1beta1}
     * @param columns null to leave the definitions out, as in all watch events but the first
     * @param rows the rows, which take over nothing: their objects become part of the table
     * @param listMeta resourceVersion, continue and remainingItemCount
     */
    public static ObjectNode table(
            String version, @Nullable List<Column> columns, List<Row> rows, ObjectNode listMeta) {
        ObjectNode table = Json.object();
        table.put("kind", "Table").put("apiVersion", apiVersion(version));
        table.set("metadata", listMeta);
        if (columns == null) {
            table.putNull("columnDefinitions");
        } else {
            definitions(columns, table.putArray("columnDefinitions"));
        }
        ArrayNode array = table.putArray("rows");
        for (Row row : rows) {
            array.add(row(row));
        }
        return table;
    }

    /**
     * A table of objects.
     *
     * @param objects in their stored version
     * @param include what rows carry; objects themselves are shared with the table, not copied
     * @param now for ages
     */
    public static ObjectNode table(
            String version,
            RowPrinter printer,
            List<ObjectNode> objects,
            IncludeObject include,
            ObjectNode listMeta,
            Instant now) {
        List<Row> rows =
                objects.stream()
                        .map(object -> row(version, printer, object, include, now))
                        .toList();
        return table(version, printer.columns(), rows, listMeta);
    }

    /** The row of one object. */
    public static Row row(
            String version,
            RowPrinter printer,
            ObjectNode object,
            IncludeObject include,
            Instant now) {
        JsonNode carried =
                switch (include) {
                    case NONE -> null;
                    case METADATA -> partialMetadata(version, object);
                    case OBJECT -> object;
                };
        return new Row(printer.cells(object, now), printer.conditions(object), carried);
    }

    /** List metadata for a table of a single object. */
    public static ObjectNode listMetaOf(ObjectNode object) {
        ObjectNode meta = Json.object();
        String revision = Json.text(object, "metadata", "resourceVersion");
        if (!revision.isEmpty()) {
            meta.put("resourceVersion", revision);
        }
        return meta;
    }

    /** PartialObjectMetadata of an object; the metadata is shared, not copied. */
    public static ObjectNode partialMetadata(String version, ObjectNode object) {
        ObjectNode partial = Json.object();
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", apiVersion(version));
        JsonNode metadata = Json.objectAt(object, "metadata");
        partial.set("metadata", metadata == null ? Json.object() : metadata);
        return partial;
    }

    /** PartialObjectMetadataList of objects. */
    public static ObjectNode partialMetadataList(
            String version, List<ObjectNode> objects, ObjectNode listMeta) {
        ObjectNode list = Json.object();
        list.put("kind", "PartialObjectMetadataList").put("apiVersion", apiVersion(version));
        list.set("metadata", listMeta);
        ArrayNode items = list.putArray("items");
        for (ObjectNode object : objects) {
            items.add(partialMetadata(version, object));
        }
        return list;
    }

    private static void definitions(List<Column> columns, ArrayNode array) {
        for (Column column : columns) {
            array.addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", description(column))
                    .put("priority", column.priority());
        }
    }

    private static String description(Column column) {
        return switch (column.name()) {
            case "Name" -> "Name of the object, unique within its namespace and kind.";
            case "Age" -> "Time since the object was created.";
            default -> column.name().toLowerCase(Locale.ROOT) + " of the object";
        };
    }

    private static ObjectNode row(Row row) {
        ObjectNode json = Json.object();
        ArrayNode cells = json.putArray("cells");
        for (Object cell : row.cells()) {
            switch (cell) {
                case null -> cells.addNull();
                case String text -> cells.add(text);
                case Long number -> cells.add(number);
                case Integer number -> cells.add(number);
                case Double number -> cells.add(number);
                case Boolean value -> cells.add(value);
                default -> cells.add(cell.toString());
            }
        }
        if (!row.conditions().isEmpty()) {
            row.conditions().forEach(json.putArray("conditions")::add);
        }
        json.set("object", row.object());
        return json;
    }
}
