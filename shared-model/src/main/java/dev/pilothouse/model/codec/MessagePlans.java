package dev.pilothouse.model.codec;

import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.ListType;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the layout of a kind or structure; made once each and kept. Thread-safe. */
final class MessagePlans {

    /** Kinds that exist in every group and version. Source: apimachinery meta/v1 register.go. */
    private static final Set<String> EVERYWHERE = Set.of("DeleteOptions", "WatchEvent");

    private static final String META_GROUP = "meta.k8s.io";

    private final Schema schema;
    private final Map<String, MessagePlan> plans = new ConcurrentHashMap<>();

    MessagePlans(Schema schema) {
        this.schema = schema;
    }

    /** The layout of a kind, or null when it has none. */
    @Nullable MessagePlan of(GroupVersionKind kind) {
        TypeSchema type = schema.typeOf(kind);
        if (type == null && EVERYWHERE.contains(kind.kind())) {
            type = schema.type("meta.v1." + kind.kind());
        }
        if (type == null && kind.group().equals(META_GROUP)) {
            type = metadataOnly(kind);
        }
        if (type == null && kind.kind().equals("Status")) {
            type = schema.type("meta.v1.Status");
        }
        return type == null || !hasProtobuf(type) ? null : of(type);
    }

    /** The layout of a structure. */
    MessagePlan of(TypeSchema type) {
        MessagePlan known = plans.get(type.name());
        return known != null
                ? known
                : plans.computeIfAbsent(type.name(), _ -> MessagePlan.of(type));
    }

    /** The layout of a custom resource schema, which some well-known types hold. */
    MessagePlan schemaProps() {
        TypeSchema type = schema.type("apiextensions.v1.JSONSchemaProps");
        if (type == null) {
            throw new IllegalStateException("schema data lacks JSONSchemaProps");
        }
        return of(type);
    }

    private static boolean hasProtobuf(TypeSchema type) {
        return type.fields().values().stream().anyMatch(field -> !field.protobufPath().isEmpty());
    }

    /** The kinds of metadata-only answers, which OpenAPI and so the schema data do not list. */
    private @Nullable TypeSchema metadataOnly(GroupVersionKind kind) {
        FieldType item = new Ref("meta.v1.PartialObjectMetadata", this::partialObject);
        return switch (kind.kind()) {
            case "PartialObjectMetadata" -> partialObject();
            case "PartialObjectMetadataList" ->
                    synthetic(
                            "meta.v1.PartialObjectMetadataList",
                            List.of(
                                    numbered("metadata", reference("meta.v1.ListMeta"), 1),
                                    numbered("items", new ListOf(item), 2)));
            default -> null;
        };
    }

    private TypeSchema partialObject() {
        return synthetic(
                "meta.v1.PartialObjectMetadata",
                List.of(numbered("metadata", reference("meta.v1.ObjectMeta"), 1)));
    }

    private FieldType reference(String name) {
        TypeSchema target = schema.type(name);
        if (target == null) {
            throw new IllegalStateException("schema data lacks " + name);
        }
        return new Ref(name, () -> target);
    }

    private static TypeSchema synthetic(String name, List<FieldSchema> fields) {
        Map<String, FieldSchema> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        return new TypeSchema(name, byName, null, List.of(), false, false, null, null);
    }

    private static FieldSchema numbered(String name, FieldType type, int number) {
        return new FieldSchema(
                name,
                type,
                null,
                Set.of(),
                ListType.ATOMIC,
                List.of(),
                false,
                "",
                false,
                false,
                false,
                List.of(number),
                false);
    }
}
