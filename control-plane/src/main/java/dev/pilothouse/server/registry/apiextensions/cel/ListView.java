package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.runtime.RuntimeHelpers;
import dev.pilothouse.model.json.Json;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON array as a list that knows whether it is a set or a map, in which case its order does not
 * count and adding merges. Not to be changed.
 */
final class ListView extends AbstractList<Object> {

    private enum Kind {
        ATOMIC,
        SET,
        MAP
    }

    private final ArrayNode array;
    private final @Nullable ObjectNode items;
    private final Kind kind;
    private final List<String> keys;

    ListView(ArrayNode array, @Nullable ObjectNode schema) {
        this.array = array;
        this.items = schema == null ? null : Schemas.items(schema);
        this.kind =
                switch (Json.text(schema, "x-kubernetes-list-type")) {
                    case "set" -> Kind.SET;
                    case "map" -> Kind.MAP;
                    default -> Kind.ATOMIC;
                };
        ArrayNode names = Json.arrayAt(schema, "x-kubernetes-list-map-keys");
        this.keys =
                names == null
                        ? List.of()
                        : names.valueStream()
                                .map(name -> PropertyNames.escape(name.asString("")))
                                .map(String::valueOf)
                                .toList();
    }

    /** The name of the keys of list elements by which the schema tells them apart. */
    static List<JsonNode> keyOf(JsonNode element, ObjectNode schema) {
        List<JsonNode> key = new ArrayList<>();
        ArrayNode names = Json.arrayAt(schema, "x-kubernetes-list-map-keys");
        if (names != null) {
            for (JsonNode name : names) {
                JsonNode value = element.get(name.asString(""));
                key.add(value == null ? Json.object() : value);
            }
        }
        return key;
    }

    @Override
    public Object get(int index) {
        return SchemaValues.of(array.get(index), items);
    }

    @Override
    public int size() {
        return array.size();
    }

    /** Whether the order of the elements does not count. */
    boolean isUnordered() {
        return kind != Kind.ATOMIC;
    }

    /** Whether another list has the same elements in any order. */
    boolean hasSameElements(List<?> other) {
        if (other.size() != size()) {
            return false;
        }
        CostMeter.charge(2L * size());
        if (kind == Kind.SET) {
            Set<Object> mine = new HashSet<>(this);
            return mine.equals(new HashSet<>(other));
        }
        Map<List<Object>, Object> byKey = new HashMap<>();
        forEach(element -> byKey.put(key(element), element));
        return other.stream()
                .allMatch(element -> {
                    Object mine = byKey.get(key(element));
                    return mine != null && Equality.equal(mine, element);
                });
    }

    /** A list with the elements of another one added as the type of the first demands. */
    static List<Object> concatenate(List<Object> first, List<Object> second) {
        if (first instanceof ListView view && view.isUnordered()) {
            CostMeter.charge(first.size() + (long) second.size());
            return view.merged(second);
        }
        return RuntimeHelpers.concat(first, second);
    }

    private List<Object> merged(List<?> other) {
        Map<Object, Object> merged = new LinkedHashMap<>();
        forEach(element -> merged.put(identity(element), element));
        other.forEach(element -> merged.put(identity(element), element));
        return new ArrayList<>(merged.values());
    }

    private Object identity(Object element) {
        return kind == Kind.SET ? element : key(element);
    }

    private List<Object> key(Object element) {
        List<Object> key = new ArrayList<>();
        for (String name : keys) {
            Object value = element instanceof Map<?, ?> map ? map.get(name) : null;
            key.add(value == null ? "" : value);
        }
        return key;
    }
}
