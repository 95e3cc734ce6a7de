package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares two objects by schema; structured-merge-diff typed/compare.go. Nothing is allocated for
 * parts that are equal, since this runs on every write.
 */
final class FieldComparer {

    // Stands for a struct that is there without content; never handed out.
    private final ObjectNode nothing = Json.object();

    private FieldComparer() {}

    /** The difference from an empty object, by the way of two objects; what tests compare with. */
    static FieldDiff compareWithNothing(ObjectNode after, TypeSchema type) {
        FieldComparer comparer = new FieldComparer();
        return comparer.compare(comparer.nothing, after, Shape.of(type));
    }

    /** The difference of two objects; without an old one everything was added. */
    static FieldDiff compare(@Nullable ObjectNode before, ObjectNode after, TypeSchema type) {
        if (before == null) {
            FieldSet added = AddedFields.of(after, type);
            return added.isEmpty() ? FieldDiff.NONE : new FieldDiff(added, FieldSet.empty());
        }
        return new FieldComparer().compare(before, after, Shape.of(type));
    }

    @SuppressWarnings("ReferenceEquality")
    private FieldDiff compare(@Nullable JsonNode before, @Nullable JsonNode after, Shape declared) {
        if (before == after) {
            return FieldDiff.NONE;
        }
        Shape shape = before != null && before.isObject() ? declared : declared.forValue(after);
        if (shape.isMap() && isOnly(before, after, true)) {
            return isBlank(before) && isBlank(after)
                    ? leaf(before, after)
                    : maps(before, after, shape);
        }
        if (shape.isList() && isOnly(before, after, false)) {
            return isBlank(before) && isBlank(after)
                    ? leaf(before, after)
                    : lists(before, after, shape);
        }
        return leaf(before, after);
    }

    // Whether neither value is anything but an object (or an array), null or missing.
    private static boolean isOnly(
            @Nullable JsonNode before, @Nullable JsonNode after, boolean object) {
        return fits(before, object) && fits(after, object);
    }

    private static boolean fits(@Nullable JsonNode value, boolean object) {
        return value == null || value.isNull() || (object ? value.isObject() : value.isArray());
    }

    private static boolean isBlank(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isEmpty();
    }

    private static FieldDiff leaf(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null) {
            return after == null ? FieldDiff.NONE : FieldDiff.CHANGED;
        }
        if (after == null) {
            return FieldDiff.REMOVED;
        }
        return JsonEquality.same(before, after) ? FieldDiff.NONE : FieldDiff.CHANGED;
    }

    private FieldDiff maps(@Nullable JsonNode before, @Nullable JsonNode after, Shape shape) {
        FieldDiff.Builder diff = null;
        if (after != null && after.isObject()) {
            for (Map.Entry<String, JsonNode> entry : ((ObjectNode) after).properties()) {
                JsonNode old = before == null ? null : before.get(entry.getKey());
                diff = field(diff, entry.getKey(), before, old, after, entry.getValue(), shape);
            }
        }
        if (before != null && before.isObject()) {
            for (Map.Entry<String, JsonNode> entry : ((ObjectNode) before).properties()) {
                if (after == null || !after.has(entry.getKey())) {
                    diff =
                            field(
                                    diff,
                                    entry.getKey(),
                                    before,
                                    entry.getValue(),
                                    after,
                                    null,
                                    shape);
                }
            }
        }
        return finish(diff, before, after);
    }

    private FieldDiff.@Nullable Builder field(
            FieldDiff.@Nullable Builder diff,
            String name,
            @Nullable JsonNode beforeParent,
            @Nullable JsonNode before,
            @Nullable JsonNode afterParent,
            @Nullable JsonNode after,
            Shape shape) {
        Shape child = shape.child(name);
        JsonNode old = before;
        JsonNode now = after;
        if ((before == null || after == null) && shape.holdsByValue(name) && !child.isLeaf()) {
            JsonNode blank = child.isList() ? NullNode.getInstance() : nothing;
            old = before == null && beforeParent != null ? blank : before;
            now = after == null && afterParent != null ? blank : after;
        }
        FieldDiff difference = compare(old, now, child);
        return difference.isEmpty() ? diff : add(diff, PathElement.field(name), difference);
    }

    private static FieldDiff.Builder add(
            FieldDiff.@Nullable Builder diff, PathElement name, FieldDiff difference) {
        FieldDiff.Builder builder = diff == null ? new FieldDiff.Builder() : diff;
        builder.add(name, difference);
        return builder;
    }

    private static FieldDiff finish(
            FieldDiff.@Nullable Builder diff, @Nullable JsonNode before, @Nullable JsonNode after) {
        FieldDiff.Builder builder = diff;
        if (before == null || after == null) {
            builder = builder == null ? new FieldDiff.Builder() : builder;
            if (before == null) {
                builder.changedSelf();
            } else {
                builder.removedSelf();
            }
        }
        return builder == null ? FieldDiff.NONE : builder.build();
    }

    private FieldDiff lists(@Nullable JsonNode before, @Nullable JsonNode after, Shape shape) {
        if (before != null && after != null && sameOrder(before, after, shape)) {
            return finish(pairwise(before, after, shape), before, after);
        }
        Map<PathElement, List<JsonNode>> olds = index(before, shape);
        Map<PathElement, List<JsonNode>> news = index(after, shape);
        Set<PathElement> names = new LinkedHashSet<>(olds.keySet());
        names.addAll(news.keySet());
        FieldDiff.Builder diff = null;
        for (PathElement name : names) {
            FieldDiff difference =
                    elements(
                            olds.getOrDefault(name, List.of()),
                            news.getOrDefault(name, List.of()),
                            shape.element());
            if (!difference.isEmpty()) {
                diff = add(diff, name, difference);
            }
        }
        return finish(diff, before, after);
    }

    // Elements that share their key with another one are compared as a whole.
    private FieldDiff elements(List<JsonNode> before, List<JsonNode> after, Shape element) {
        if (before.size() <= 1 && after.size() <= 1) {
            return compare(
                    before.isEmpty() ? null : before.getFirst(),
                    after.isEmpty() ? null : after.getFirst(),
                    element);
        }
        if (after.isEmpty()) {
            return FieldDiff.REMOVED;
        }
        boolean same = before.size() == after.size();
        for (int i = 0; same && i < before.size(); i++) {
            same = JsonEquality.same(before.get(i), after.get(i));
        }
        return same ? FieldDiff.NONE : FieldDiff.CHANGED;
    }

    private static boolean sameOrder(JsonNode before, JsonNode after, Shape shape) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!shape.sameElement(before.get(i), after.get(i))) {
                return false;
            }
        }
        return true;
    }

    private FieldDiff.@Nullable Builder pairwise(JsonNode before, JsonNode after, Shape shape) {
        FieldDiff.Builder diff = null;
        Shape element = shape.element();
        for (int i = 0; i < before.size(); i++) {
            FieldDiff difference = compare(before.get(i), after.get(i), element);
            if (!difference.isEmpty()) {
                diff = add(diff, name(after.get(i), i, shape), difference);
            }
        }
        return diff;
    }

    private static Map<PathElement, List<JsonNode>> index(@Nullable JsonNode list, Shape shape) {
        Map<PathElement, List<JsonNode>> index = new LinkedHashMap<>();
        if (list != null && list.isArray()) {
            for (int i = 0; i < list.size(); i++) {
                index.computeIfAbsent(name(list.get(i), i, shape), name -> new ArrayList<>(1))
                        .add(list.get(i));
            }
        }
        return index;
    }

    /** How an element is addressed; by its place when it has no key. */
    static PathElement name(JsonNode item, int index, Shape shape) {
        PathElement name = shape.elementName(item);
        return name == null ? PathElement.index(index) : name;
    }
}
