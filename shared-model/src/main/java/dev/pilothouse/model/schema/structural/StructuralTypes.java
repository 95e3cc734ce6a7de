package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns structural schemas into types for server-side apply. Thread-safe. */
public final class StructuralTypes {

    private static final String OBJECT_META = "meta.v1.ObjectMeta";

    private final Schema schema;

    /** Takes the type of metadata from the built-in types. */
    public StructuralTypes(Schema builtIn) {
        this.schema = builtIn;
    }

    /** The type of the objects of a custom resource. */
    public TypeSchema objectType(String name, GroupVersionKind kind, StructuralSchema root) {
        return object(name, root, true, kind);
    }

    /** The type of an object of which only the metadata matters; everything else is kept. */
    public TypeSchema metadataOnly(GroupVersionKind kind) {
        Map<String, FieldSchema> fields = new LinkedHashMap<>();
        typeFields(fields);
        return new TypeSchema(kind.kind(), fields, null, List.of(), false, true, kind, null);
    }

    private TypeSchema object(
            String name,
            StructuralSchema schema,
            boolean resource,
            @Nullable GroupVersionKind kind) {
        Map<String, FieldSchema> fields = new LinkedHashMap<>();
        for (Map.Entry<String, StructuralSchema> entry : schema.properties().entrySet()) {
            fields.put(
                    entry.getKey(),
                    field(entry.getKey(), name + "." + entry.getKey(), entry.getValue()));
        }
        if (resource) {
            typeFields(fields);
        }
        FieldType additional =
                schema.additional() != null
                        ? type(name + ".*", schema.additional())
                        : schema.anyAdditional() ? Scalar.ANY : null;
        return new TypeSchema(
                name,
                Collections.unmodifiableMap(fields),
                null,
                schema.checks().required(),
                schema.atomicMap(),
                schema.preserveUnknown(),
                kind,
                additional);
    }

    private void typeFields(Map<String, FieldSchema> fields) {
        fields.put("apiVersion", FieldSchema.plain("apiVersion", Scalar.STRING));
        fields.put("kind", FieldSchema.plain("kind", Scalar.STRING));
        fields.put("metadata", FieldSchema.plain("metadata", new Ref(OBJECT_META, this::metadata)));
    }

    private TypeSchema metadata() {
        return Objects.requireNonNull(schema.type(OBJECT_META), OBJECT_META);
    }

    private FieldSchema field(String name, String path, StructuralSchema schema) {
        return new FieldSchema(
                name,
                type(path, schema),
                schema.defaultValue(),
                Set.of(),
                schema.listType(),
                schema.listMapKeys(),
                schema.atomicMap(),
                "",
                false,
                false,
                false,
                List.of(),
                false);
    }

    private FieldType type(String path, StructuralSchema schema) {
        if (schema.intOrString()) {
            return Scalar.INT_OR_STRING;
        }
        return switch (schema.type()) {
            case "string" -> Scalar.STRING;
            case "integer" -> Scalar.INTEGER;
            case "number" -> Scalar.NUMBER;
            case "boolean" -> Scalar.BOOLEAN;
            case "array" ->
                    new ListOf(
                            schema.items() == null
                                    ? Scalar.ANY
                                    : type(path + "[]", schema.items()));
            case "object" -> {
                TypeSchema type = object(path, schema, schema.embedded(), null);
                yield new Ref(path, () -> type);
            }
            default -> Scalar.ANY;
        };
    }
}
