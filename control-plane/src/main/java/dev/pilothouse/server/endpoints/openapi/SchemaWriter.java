package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import dev.pilothouse.model.schema.ListType;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes types as OpenAPI schemas with Kubernetes' extensions. Source: kube-openapi
 * pkg/validation/spec and the structural-schema extensions of KEP 2896 and 3390.
 */
final class SchemaWriter {

    private static final String QUANTITY = "apimachinery.api.resource.Quantity";

    private final Definitions definitions;
    private final Dialect dialect;

    SchemaWriter(Definitions definitions, Dialect dialect) {
        this.definitions = definitions;
        this.dialect = dialect;
    }

    /** Fills a schema with a named type. */
    void write(TypeSchema type, ObjectNode json) {
        String description = Descriptions.of(type);
        if (!description.isEmpty()) {
            json.put("description", description);
        }
        FieldType alias = type.alias();
        if (type.name().equals(QUANTITY)) {
            quantity(json);
        } else if (alias != null) {
            json.setAll(type(alias));
        } else {
            object(type, json);
        }
        if (type.kind() != null) {
            json.set("x-kubernetes-group-version-kind", kinds(type.kind()));
        } else if (type.name().equals("meta.v1.DeleteOptions")) {
            json.set(
                    "x-kubernetes-group-version-kind",
                    kinds(new GroupVersionKind("", "v1", "DeleteOptions")));
        } else if (type.name().equals("meta.v1.WatchEvent")) {
            json.set(
                    "x-kubernetes-group-version-kind",
                    kinds(new GroupVersionKind("", "v1", "WatchEvent")));
        }
    }

    /** A schema that refers to a definition. */
    ObjectNode ref(String definition) {
        ObjectNode json = Json.object();
        json.put("$ref", dialect.ref(definition));
        return json;
    }

    /** The list form of x-kubernetes-group-version-kind. */
    static ArrayNode kinds(GroupVersionKind gvk) {
        ArrayNode array = Json.array();
        array.add(kind(gvk));
        return array;
    }

    /** The object form, as operations carry it. */
    static ObjectNode kind(GroupVersionKind gvk) {
        ObjectNode json = Json.object();
        json.put("group", gvk.group()).put("kind", gvk.kind()).put("version", gvk.version());
        return json;
    }

    private void object(TypeSchema type, ObjectNode json) {
        json.put("type", "object");
        if (!type.required().isEmpty()) {
            ArrayNode required = json.putArray("required");
            type.required().forEach(required::add);
        }
        if (!type.fields().isEmpty()) {
            ObjectNode properties = json.putObject("properties");
            for (FieldSchema field : type.fields().values()) {
                properties.set(field.name(), field(field));
            }
        }
        if (type.additional() != null) {
            json.set("additionalProperties", type(type.additional()));
        }
        if (type.preserveUnknown()) {
            json.put("x-kubernetes-preserve-unknown-fields", true);
        }
        if (type.atomic()) {
            json.put("x-kubernetes-map-type", "atomic");
        }
    }

    private ObjectNode field(FieldSchema field) {
        ObjectNode json = type(field.type());
        if (dialect == Dialect.V3
                && json.has("$ref")
                && (field.defaultValue() != null || Definitions.hasExtensions(field))) {
            // In OpenAPI 3.0 nothing beside $ref counts.
            ObjectNode wrapped = Json.object();
            wrapped.putArray("allOf").add(json);
            json = wrapped;
        }
        if (field.defaultValue() != null) {
            json.set("default", field.defaultValue().deepCopy());
        }
        if (!field.enumValues().isEmpty()) {
            ArrayNode values = json.putArray("enum");
            field.enumValues().stream().sorted().forEach(values::add);
        }
        listExtensions(field, json);
        patchExtensions(field, json);
        return json;
    }

    private static void listExtensions(FieldSchema field, ObjectNode json) {
        if (field.type() instanceof ListOf) {
            if (!field.listMapKeys().isEmpty()) {
                ArrayNode keys = json.putArray("x-kubernetes-list-map-keys");
                field.listMapKeys().forEach(keys::add);
            }
            ListType listType = field.listType();
            json.put("x-kubernetes-list-type", listType.name().toLowerCase(Locale.ROOT));
        }
        if (field.atomicMap()) {
            json.put("x-kubernetes-map-type", "atomic");
        }
    }

    private static void patchExtensions(FieldSchema field, ObjectNode json) {
        if (!field.mergeKey().isEmpty()) {
            json.put("x-kubernetes-patch-merge-key", field.mergeKey());
        }
        String strategy =
                field.patchMerge()
                        ? field.patchRetainKeys() ? "merge,retainKeys" : "merge"
                        : field.patchRetainKeys()
                                ? "retainKeys"
                                : field.patchReplace() ? "replace" : "";
        if (!strategy.isEmpty()) {
            json.put("x-kubernetes-patch-strategy", strategy);
        }
    }

    private ObjectNode type(FieldType type) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar);
            case ListOf list -> {
                ObjectNode json = Json.object();
                json.put("type", "array").set("items", type(list.element()));
                yield json;
            }
            case MapOf map -> {
                ObjectNode json = Json.object();
                json.put("type", "object").set("additionalProperties", type(map.value()));
                yield json;
            }
            case Ref ref -> reference(ref);
        };
    }

    private ObjectNode reference(Ref ref) {
        String definition = definitions.reference(ref);
        if (!definition.isEmpty()) {
            return ref(definition);
        }
        ObjectNode inline = Json.object();
        write(ref.target(), inline);
        return inline;
    }

    private ObjectNode scalar(Scalar scalar) {
        ObjectNode json = Json.object();
        switch (scalar) {
            case STRING -> json.put("type", "string");
            case INT32 -> json.put("type", "integer").put("format", "int32");
            case INT64 -> json.put("type", "integer").put("format", "int64");
            case INTEGER -> json.put("type", "integer");
            case DOUBLE -> json.put("type", "number").put("format", "double");
            case NUMBER -> json.put("type", "number");
            case BOOLEAN -> json.put("type", "boolean");
            case BYTES -> json.put("type", "string").put("format", "byte");
            case TIME -> json.put("type", "string").put("format", "date-time");
            case OBJECT -> json.put("type", "object");
            case ANY -> {}
            case INT_OR_STRING -> intOrString(json);
        }
        return json;
    }

    private void intOrString(ObjectNode json) {
        json.put("format", "int-or-string");
        if (dialect == Dialect.V2) {
            json.put("type", "string");
        } else {
            oneOf(json, "integer", "string");
        }
    }

    private void quantity(ObjectNode json) {
        if (dialect == Dialect.V2) {
            json.put("type", "string");
        } else {
            oneOf(json, "string", "number");
        }
    }

    private static void oneOf(ObjectNode json, String... types) {
        ArrayNode choices = json.putArray("oneOf");
        for (String type : types) {
            choices.addObject().put("type", type);
        }
    }
}
