package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.ListType;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How server-side apply sees a value: as one leaf, or as a struct, map or list whose parts are
 * owned one by one. Where the schema says nothing the value itself decides, as in
 * structured-merge-diff: objects are maps, everything else is a leaf.
 */
final class Shape {

    enum Kind {
        SCALAR,
        ATOMIC,
        STRUCT,
        MAP,
        LIST_MAP,
        SET,
        DEDUCED
    }

    private static final Shape SCALAR = new Shape(Kind.SCALAR, null, null, null);
    private static final Shape ATOMIC = new Shape(Kind.ATOMIC, null, null, null);
    private static final Shape DEDUCED = new Shape(Kind.DEDUCED, null, null, null);

    /**
     * Optional struct fields that Kubernetes' own types hold by value: an object has them even when
     * its JSON has not, so writing into them does not make the writer an owner of the struct
     * itself.
     */
    private static final Set<String> HELD_BY_VALUE =
            Set.of(
                    "metadata",
                    "spec",
                    "status",
                    "strategy",
                    "updateStrategy",
                    "resources",
                    "loadBalancer",
                    "nodeInfo",
                    "daemonEndpoints",
                    "kubeletEndpoint",
                    "source",
                    "state",
                    "lastState");

    private final Kind kind;
    private final @Nullable TypeSchema type;
    private final @Nullable FieldType element;
    private final @Nullable FieldSchema field;

    private Shape(
            Kind kind,
            @Nullable TypeSchema type,
            @Nullable FieldType element,
            @Nullable FieldSchema field) {
        this.kind = kind;
        this.type = type;
        this.element = element;
        this.field = field;
    }

    static Shape of(TypeSchema type) {
        if (type.alias() != null) {
            return of(type.alias(), null);
        }
        if (type.atomic()) {
            return new Shape(Kind.ATOMIC, type, null, null);
        }
        boolean bare = type.fields().isEmpty() && type.additional() == null;
        return bare && type.preserveUnknown() ? DEDUCED : new Shape(Kind.STRUCT, type, null, null);
    }

    private static Shape of(FieldType type, @Nullable FieldSchema field) {
        return switch (type) {
            case FieldType.Scalar scalar ->
                    scalar == FieldType.Scalar.OBJECT || scalar == FieldType.Scalar.ANY
                            ? (field != null && field.atomicMap() ? ATOMIC : DEDUCED)
                            : SCALAR;
            case FieldType.ListOf list -> list(list, field);
            case FieldType.MapOf map ->
                    new Shape(
                            field != null && field.atomicMap() ? Kind.ATOMIC : Kind.MAP,
                            null,
                            map.value(),
                            null);
            case FieldType.Ref ref -> {
                TypeSchema target = ref.target();
                if (field != null && field.atomicMap()) {
                    yield target.alias() != null
                            ? ATOMIC
                            : new Shape(Kind.ATOMIC, target, null, null);
                }
                yield target.alias() != null ? of(target.alias(), field) : of(target);
            }
        };
    }

    private static Shape list(FieldType.ListOf list, @Nullable FieldSchema field) {
        if (field == null || field.listType() == ListType.ATOMIC) {
            return new Shape(Kind.ATOMIC, null, list.element(), null);
        }
        Kind kind = field.listType() == ListType.SET ? Kind.SET : Kind.LIST_MAP;
        return new Shape(kind, null, list.element(), field);
    }

    Kind kind() {
        return kind;
    }

    /** The shape for a value at hand: a deduced one becomes a map, or a leaf. */
    Shape forValue(@Nullable JsonNode value) {
        return kind == Kind.DEDUCED && (value == null || !value.isObject()) ? ATOMIC : this;
    }

    /** Whether its values are owned as a whole. */
    boolean isLeaf() {
        return kind == Kind.SCALAR || kind == Kind.ATOMIC;
    }

    boolean isMap() {
        return kind == Kind.STRUCT || kind == Kind.MAP || kind == Kind.DEDUCED;
    }

    boolean isList() {
        return kind == Kind.LIST_MAP || kind == Kind.SET;
    }

    /** Whether this is a struct with a field of that name; keys of maps are not declared. */
    boolean declares(String name) {
        return type != null && type.field(name) != null;
    }

    /** Whether a struct may have a field of that name. */
    boolean allows(String name) {
        return type == null
                || type.field(name) != null
                || type.additional() != null
                || type.preserveUnknown();
    }

    /** The shape of the value under that name in a map or struct. */
    Shape child(String name) {
        if (type == null) {
            return element == null ? DEDUCED : of(element, null);
        }
        FieldSchema declared = type.field(name);
        if (declared != null) {
            return of(declared.type(), declared);
        }
        FieldType additional = type.additional();
        return additional == null ? DEDUCED : of(additional, null);
    }

    /** The shape of a list's elements. */
    Shape element() {
        return element == null ? DEDUCED : of(element, null);
    }

    /** The shape below a path element. */
    Shape below(PathElement name) {
        return name.isField() ? child(name.fieldName()) : element();
    }

    /** Whether a struct of this type has that field even when its JSON lacks it. */
    boolean holdsByValue(String name) {
        if (type == null) {
            return false;
        }
        FieldSchema declared = type.field(name);
        return declared != null
                && !declared.protobufPath().isEmpty()
                && (HELD_BY_VALUE.contains(name) || type.required().contains(name));
    }

    /**
     * How an element of this list is addressed; null when it cannot be (no key field at all, or a
     * value that a set cannot hold).
     */
    @Nullable PathElement elementName(JsonNode item) {
        if (kind == Kind.SET) {
            return item.isContainer() || item.isNull() ? null : PathElement.value(item);
        }
        if (!item.isObject() || field == null) {
            return null;
        }
        ObjectNode key = Json.object();
        // Names of key fields go sorted into the wire form; nearly always there is but one.
        Iterable<String> names =
                field.listMapKeys().size() == 1
                        ? field.listMapKeys()
                        : new TreeSet<>(field.listMapKeys());
        for (String name : names) {
            JsonNode value = keyValue(item, name);
            if (value != null) {
                key.set(name, value);
            }
        }
        return key.isEmpty() ? null : PathElement.key(key);
    }

    /** The key fields of a list-map as messages show them: {@code ["name"]}. */
    String keyNames() {
        return field == null
                ? "[]"
                : field.listMapKeys().stream()
                        .map(name -> "\"" + name + "\"")
                        .collect(Collectors.joining(" ", "[", "]"));
    }

    /** Whether two elements of this list have the same address. */
    boolean sameElement(JsonNode a, JsonNode b) {
        if (kind == Kind.SET || field == null || !a.isObject() || !b.isObject()) {
            return JsonEquality.same(a, b);
        }
        for (String name : field.listMapKeys()) {
            if (!JsonEquality.same(keyValue(a, name), keyValue(b, name))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable JsonNode keyValue(JsonNode item, String name) {
        JsonNode value = item.get(name);
        if (value != null) {
            return value;
        }
        FieldSchema declared =
                element instanceof FieldType.Ref ref ? ref.target().field(name) : null;
        return declared == null ? null : declared.defaultValue();
    }
}
