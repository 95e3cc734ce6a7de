package dev.pilothouse.model.patch;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Lists the fields of a value that its applier owns; structured-merge-diff typed/tofieldset.go. */
final class FieldSetBuilder {

    private FieldSetBuilder() {}

    /** The set of the value; for a leaf the set that has just the value's own path. */
    static FieldSet build(JsonNode value, Shape declared) {
        Shape shape = declared.forValue(value);
        if (shape.isMap()) {
            return value.isObject() ? ofMap(value, shape) : FieldSet.empty();
        }
        if (shape.isList()) {
            return value.isArray() ? ofList(value, shape) : FieldSet.empty();
        }
        return FieldSet.leaf();
    }

    private static FieldSet ofMap(JsonNode map, Shape shape) {
        FieldSet.Builder set = new FieldSet.Builder();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            FieldSet child = build(value, shape.child(name));
            boolean own =
                    value.isNull()
                            || (value.isObject() && value.isEmpty())
                            || !shape.declares(name);
            set.add(PathElement.field(name), own ? child.union(FieldSet.leaf()) : child);
        }
        return set.build();
    }

    private static FieldSet ofList(JsonNode list, Shape shape) {
        Map<PathElement, Integer> counts = new HashMap<>();
        PathElement[] names = new PathElement[list.size()];
        for (int i = 0; i < names.length; i++) {
            PathElement name = shape.elementName(list.get(i));
            names[i] = name == null ? PathElement.index(i) : name;
            counts.merge(names[i], 1, Integer::sum);
        }
        FieldSet.Builder set = new FieldSet.Builder();
        Shape element = shape.element();
        for (int i = 0; i < names.length; i++) {
            // Elements with the same key cannot be told apart and are owned as a whole.
            boolean distinct = counts.getOrDefault(names[i], 0) == 1;
            FieldSet child = distinct ? build(list.get(i), element) : FieldSet.empty();
            set.add(names[i], child.union(FieldSet.leaf()));
        }
        return set.build();
    }
}
