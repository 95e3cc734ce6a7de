package dev.pilothouse.model.codec;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One walk that brings an object to the shape of its type. Used once, by one thread. */
final class Conformer {

    private final ObjectNode root;
    private final TypeSchema rootType;
    private final FieldTrail trail = new FieldTrail();
    private final StrictErrors unknown = new StrictErrors();
    private final List<TypeSchema> structures = new ArrayList<>();

    Conformer(ObjectNode root, TypeSchema rootType) {
        this.root = root;
        this.rootType = rootType;
    }

    List<String> conform() {
        try {
            structure(root, rootType);
            return unknown.list();
        } catch (BodySyntaxException e) {
            throw ApiException.badRequest(prefix() + e.text());
        }
    }

    private void structure(ObjectNode object, TypeSchema type) {
        structures.add(type);
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            FieldSchema field = type.field(entry.getKey());
            if (field == null) {
                undeclared(entries, entry, type);
            } else if (entry.getValue().isNull()) {
                entries.remove();
            } else {
                trail.field(entry.getKey());
                JsonNode conformed = value(entry.getValue(), field.type());
                trail.leave();
                if (isOmitted(conformed, field, type)) {
                    entries.remove();
                } else {
                    entry.setValue(conformed);
                }
            }
        }
        structures.removeLast();
    }

    /**
     * Whether Go's JSON leaves the value out: an empty list or map in a field with omitempty, which
     * optional fields of built-in types have. Clients send them and must not find them changed.
     */
    private static boolean isOmitted(JsonNode value, FieldSchema field, TypeSchema type) {
        return value.isContainer()
                && value.isEmpty()
                && !field.protobufPath().isEmpty()
                && !type.required().contains(field.name())
                && isCollection(field.type());
    }

    private static boolean isCollection(FieldType type) {
        return switch (type) {
            case Scalar _ -> false;
            case ListOf _, MapOf _ -> true;
            case Ref ref -> {
                FieldType alias = ref.target().alias();
                yield alias != null && isCollection(alias);
            }
        };
    }

    private void undeclared(
            Iterator<Map.Entry<String, JsonNode>> entries,
            Map.Entry<String, JsonNode> entry,
            TypeSchema type) {
        FieldType additional = type.additional();
        if (additional != null) {
            trail.key(entry.getKey());
            entry.setValue(
                    entry.getValue().isNull()
                            ? zero(additional)
                            : value(entry.getValue(), additional));
            trail.leave();
        } else if (!type.preserveUnknown()) {
            if (!unknown.full()) {
                unknown.add("unknown field \"" + trail.strictPath(entry.getKey()) + "\"");
            }
            entries.remove();
        }
    }

    private JsonNode value(JsonNode value, FieldType type) {
        return switch (type) {
            case Scalar scalar -> scalar(value, scalar);
            case ListOf list -> list(value, list);
            case MapOf map -> map(value, map);
            case Ref ref -> reference(value, ref);
        };
    }

    private JsonNode reference(JsonNode value, Ref ref) {
        TypeSchema target = ref.target();
        FieldType alias = target.alias();
        if (alias == null) {
            if (!(value instanceof ObjectNode object)) {
                throw mismatch(value, ref);
            }
            structure(object, target);
            return value;
        }
        return switch (WellKnownType.of(ref.name())) {
            case MICRO_TIME -> GoTime.conform(text(value), true, value);
            case QUANTITY -> QuantityText.conform(value);
            default -> value(value, alias);
        };
    }

    private JsonNode list(JsonNode value, ListOf type) {
        if (!(value instanceof ArrayNode array)) {
            throw mismatch(value, type);
        }
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            trail.index(i);
            JsonNode conformed =
                    element.isNull() ? zero(type.element()) : value(element, type.element());
            trail.leave();
            array.set(i, conformed);
        }
        return value;
    }

    private JsonNode map(JsonNode value, MapOf type) {
        if (!(value instanceof ObjectNode object)) {
            throw mismatch(value, type);
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode element = entry.getValue();
            trail.key(entry.getKey());
            entry.setValue(element.isNull() ? zero(type.value()) : value(element, type.value()));
            trail.leave();
        }
        return value;
    }

    private JsonNode scalar(JsonNode value, Scalar type) {
        boolean fits =
                switch (type) {
                    case STRING -> value.isString();
                    case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
                    case INT64, INTEGER -> value.isIntegralNumber() && value.canConvertToLong();
                    case DOUBLE, NUMBER -> value.isNumber();
                    case BOOLEAN -> value.isBoolean();
                    case INT_OR_STRING ->
                            value.isString()
                                    || (value.isIntegralNumber() && value.canConvertToInt());
                    case BYTES, TIME, OBJECT, ANY -> true;
                };
        if (!fits) {
            throw mismatch(value, type);
        }
        return switch (type) {
            case BYTES -> Base64Text.conform(value, () -> mismatch(value, type));
            case TIME -> GoTime.conform(text(value), false, value);
            default -> value;
        };
    }

    private String text(JsonNode value) {
        if (!value.isString()) {
            throw mismatch(value, Scalar.STRING);
        }
        return value.stringValue();
    }

    /** What Go leaves in a list element or map entry whose JSON is null. */
    private static JsonNode zero(FieldType type) {
        var factory = JsonNodeFactory.instance;
        return switch (type) {
            case Scalar scalar ->
                    switch (scalar) {
                        case STRING, BYTES -> factory.stringNode("");
                        case INT32, INT64, INTEGER, DOUBLE, NUMBER, INT_OR_STRING ->
                                factory.numberNode(0);
                        case BOOLEAN -> factory.booleanNode(false);
                        case TIME, OBJECT, ANY -> factory.nullNode();
                    };
            case ListOf _ -> Json.array();
            case MapOf _ -> Json.object();
            case Ref ref -> {
                FieldType alias = ref.target().alias();
                if (alias == null) {
                    yield Json.object();
                }
                yield WellKnownType.of(ref.name()) == WellKnownType.QUANTITY
                        ? factory.stringNode("0")
                        : zero(alias);
            }
        };
    }

    private BodySyntaxException mismatch(JsonNode value, FieldType type) {
        return new BodySyntaxException(
                "json: cannot unmarshal "
                        + describe(value, type)
                        + " into Go struct field "
                        + GoNames.simple(structures.getLast().name())
                        + "."
                        + trail.goPath()
                        + " of type "
                        + GoNames.of(type));
    }

    private static String describe(JsonNode value, FieldType type) {
        boolean wantsNumber =
                type instanceof Scalar scalar
                        && switch (scalar) {
                            case INT32, INT64, INTEGER, DOUBLE, NUMBER, INT_OR_STRING -> true;
                            default -> false;
                        };
        return value.isNumber() && wantsNumber ? "number " + value.asString() : goValue(value);
    }

    /** How Go names a JSON value in its type errors. */
    static String goValue(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            default -> "null";
        };
    }

    private String prefix() {
        String kind = Json.text(root, "kind");
        String apiVersion = Json.text(root, "apiVersion");
        GroupVersionKind declared = rootType.kind();
        GroupVersionKind shown =
                kind.isEmpty() && declared != null
                        ? declared
                        : GroupVersionKind.of(apiVersion, kind);
        return shown.kind().isEmpty()
                ? ""
                : shown.kind()
                        + " in version \""
                        + shown.version()
                        + "\" cannot be handled as a "
                        + GoNames.simple(rootType.name())
                        + ": ";
    }
}
