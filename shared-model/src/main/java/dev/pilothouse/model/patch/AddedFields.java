package dev.pilothouse.model.patch;

import dev.pilothouse.model.schema.TypeSchema;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a new object: what {@link FieldComparer} finds between nothing and the object, made
 * in one walk without the differences of each level. Creating is the most frequent write.
 */
final class AddedFields {

    private AddedFields() {}

    /** All that is changed by an object that was not there before. */
    static FieldSet of(ObjectNode object, TypeSchema type) {
        return value(true, object, Shape.of(type));
    }

    /**
     * What a value adds.
     *
     * @param present whether Go's struct has the value, as a blank one, even when its JSON has not
     */
    private static FieldSet value(boolean present, JsonNode after, Shape declared) {
        boolean list = declared.isList();
        if (present && list && after.isNull()) {
            return FieldSet.empty();
        }
        Shape shape = present && !list ? declared : declared.forValue(after);
        boolean blank = after.isNull() || after.isEmpty();
        if (shape.isMap() && (after.isObject() || after.isNull())) {
            return blank ? blank(present, after) : fields(present, (ObjectNode) after, shape);
        }
        if (list && (after.isArray() || after.isNull())) {
            return blank ? FieldSet.leaf() : elements(present, (ArrayNode) after, shape);
        }
        return blank && after.isObject() ? blank(present, after) : FieldSet.leaf();
    }

    /** A blank object is no news where there was one before. */
    private static FieldSet blank(boolean present, JsonNode after) {
        return present && after.isObject() ? FieldSet.empty() : FieldSet.leaf();
    }

    private static FieldSet fields(boolean present, ObjectNode after, Shape shape) {
        FieldSet.Builder added = new FieldSet.Builder(after.size());
        for (Map.Entry<String, JsonNode> entry : after.properties()) {
            String name = entry.getKey();
            Shape child = shape.child(name);
            boolean held = present && !child.isLeaf() && shape.holdsByValue(name);
            added.add(PathElement.field(name), value(held, entry.getValue(), child));
        }
        return finish(present, added);
    }

    private static FieldSet elements(boolean present, ArrayNode after, Shape shape) {
        Shape element = shape.element();
        FieldSet.Builder added = new FieldSet.Builder(after.size());
        if (after.size() == 1) {
            JsonNode only = after.get(0);
            added.add(FieldComparer.name(only, 0, shape), value(false, only, element));
            return finish(present, added);
        }
        Map<PathElement, FieldSet> byName = HashMap.newHashMap(after.size());
        for (int i = 0; i < after.size(); i++) {
            JsonNode item = after.get(i);
            PathElement name = FieldComparer.name(item, i, shape);
            // Elements that share their key with another one count as a whole.
            FieldSet other = byName.putIfAbsent(name, value(false, item, element));
            if (other != null) {
                byName.put(name, FieldSet.leaf());
            }
        }
        byName.forEach(added::add);
        return finish(present, added);
    }

    private static FieldSet finish(boolean present, FieldSet.Builder added) {
        if (!present) {
            added.addSelf();
        }
        return added.build();
    }
}
