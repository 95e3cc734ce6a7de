package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Merges lists for {@link StrategicMergePatch}: maps by their merge key, scalars as a union. */
final class StrategicListMerge {

    private final String mergeKey;
    private final @Nullable FieldType element;

    private StrategicListMerge(String mergeKey, @Nullable FieldType element) {
        this.mergeKey = mergeKey;
        this.element = element;
    }

    /** Merges a list that comes without an explicit order: patched elements keep the patch's. */
    static ArrayNode merge(ArrayNode old, ArrayNode patch, @Nullable FieldSchema field) {
        if (field == null || !field.patchMerge()) {
            return (ArrayNode) StrategicDirective.content(patch);
        }
        StrategicListMerge merge = of(field, old, patch);
        if (merge.mergeKey.isEmpty()) {
            return ordered(merge.union(old, patch), patch, old, "");
        }
        List<JsonNode> rest = merge.withoutDeleted(old, patch);
        List<JsonNode> changes = new ArrayList<>();
        boolean replace = false;
        for (JsonNode item : patch) {
            String directive = StrategicDirective.patchOf(item);
            if (directive.isEmpty()) {
                changes.add(item);
            } else if (directive.equals("merge")) {
                throw ApiException.badRequest("merging lists cannot yet be specified in the patch");
            }
            replace |= directive.equals("replace");
        }
        if (replace) {
            return (ArrayNode) StrategicDirective.content(array(changes));
        }
        return ordered(merge.byKey(rest, changes), array(changes), array(rest), merge.mergeKey);
    }

    /**
     * Merges a list and puts it in the given order; elements that the order does not name stay
     * where they were relative to their neighbours.
     *
     * @param patch the changes, null when only the order is given
     */
    static ArrayNode mergeOrdered(
            ArrayNode old,
            @Nullable ArrayNode patch,
            ArrayNode order,
            @Nullable FieldSchema field) {
        String key = field == null ? "" : of(field, old, order).mergeKey;
        if (patch != null) {
            checkOrder(patch, order, key);
        }
        ArrayNode merged =
                patch == null
                        ? old
                        : old.isEmpty()
                                ? (ArrayNode) StrategicDirective.content(patch)
                                : merge(old, patch, field);
        return ordered(merged, order, old, key);
    }

    private static StrategicListMerge of(FieldSchema field, ArrayNode old, ArrayNode patch) {
        FieldType element = field.type() instanceof FieldType.ListOf list ? list.element() : null;
        boolean maps = isMaps(old, patch);
        if (maps && field.mergeKey().isEmpty()) {
            throw ApiException.badRequest(
                    "cannot merge lists without merge key for " + field.name());
        }
        return new StrategicListMerge(maps ? field.mergeKey() : "", element);
    }

    private static boolean isMaps(ArrayNode old, ArrayNode patch) {
        int maps = 0;
        for (ArrayNode list : List.of(old, patch)) {
            for (JsonNode item : list) {
                if (item.isArray()) {
                    throw ApiException.badRequest("lists of lists are not supported");
                }
                maps += item.isObject() ? 1 : 0;
            }
        }
        if (maps != 0 && maps != old.size() + patch.size()) {
            throw ApiException.badRequest("list element types are not identical");
        }
        return maps > 0;
    }

    private ArrayNode union(ArrayNode old, ArrayNode patch) {
        ArrayNode union = Json.array();
        for (ArrayNode list : List.of(old, patch)) {
            for (JsonNode item : list) {
                if (!contains(union, item, mergeKey)) {
                    union.add(item);
                }
            }
        }
        return union;
    }

    private List<JsonNode> withoutDeleted(ArrayNode old, ArrayNode patch) {
        List<JsonNode> rest = new ArrayList<>();
        old.forEach(rest::add);
        for (JsonNode item : patch) {
            if (StrategicDirective.patchOf(item).equals("delete")) {
                JsonNode key = StrategicDirective.key(item, mergeKey);
                rest.removeIf(
                        kept -> JsonEquality.same(StrategicDirective.key(kept, mergeKey), key));
            }
        }
        return rest;
    }

    private ArrayNode byKey(List<JsonNode> old, List<JsonNode> changes) {
        List<JsonNode> merged = new ArrayList<>(old);
        for (JsonNode change : changes) {
            StrategicDirective.key(change, mergeKey);
            int index = index(merged, change, mergeKey);
            if (index < 0) {
                merged.add(StrategicDirective.content(change));
            } else {
                merged.set(
                        index,
                        StrategicMergePatch.merge(
                                (ObjectNode) merged.get(index), (ObjectNode) change, element));
            }
        }
        return array(merged);
    }

    private static void checkOrder(ArrayNode patch, ArrayNode order, String mergeKey) {
        int next = 0;
        for (JsonNode item : patch) {
            if (item.isObject() && item.has(StrategicDirective.PATCH)) {
                continue;
            }
            while (next < order.size() && !sameKey(order.get(next), item, mergeKey)) {
                next++;
            }
            if (next++ >= order.size()) {
                throw ApiException.badRequest(
                        "The order in patch list:\n"
                                + StrategicDirective.goText(patch)
                                + "\n doesn't match $setElementOrder list:\n"
                                + StrategicDirective.goText(order)
                                + "\n");
            }
        }
    }

    /**
     * Sorts a merged list: what {@code order} names comes in that order, the rest in the order of
     * {@code old}; the two are interleaved by their places in {@code old} as far as both are there.
     */
    private static ArrayNode ordered(
            ArrayNode merged, ArrayNode order, ArrayNode old, String mergeKey) {
        List<JsonNode> named = new ArrayList<>();
        List<JsonNode> rest = new ArrayList<>();
        for (JsonNode item : merged) {
            (contains(order, item, mergeKey) ? named : rest).add(item);
        }
        named.sort(Comparator.comparingInt(item -> index(order, item, mergeKey)));
        rest.sort(Comparator.comparingInt(item -> index(old, item, mergeKey)));
        ArrayNode result = Json.array();
        int next = 0;
        for (JsonNode item : named) {
            int place = index(old, item, mergeKey);
            while (next < rest.size() && isBefore(index(old, rest.get(next), mergeKey), place)) {
                result.add(rest.get(next++));
            }
            result.add(item);
        }
        while (next < rest.size()) {
            result.add(rest.get(next++));
        }
        return result;
    }

    private static boolean isBefore(int place, int other) {
        return place >= 0 && place < other;
    }

    static boolean contains(Iterable<JsonNode> list, JsonNode item, String mergeKey) {
        return index(list, item, mergeKey) >= 0;
    }

    private static int index(Iterable<JsonNode> list, JsonNode item, String mergeKey) {
        int index = 0;
        for (JsonNode other : list) {
            if (sameKey(other, item, mergeKey)) {
                return index;
            }
            index++;
        }
        return -1;
    }

    private static boolean sameKey(JsonNode a, JsonNode b, String mergeKey) {
        return mergeKey.isEmpty()
                ? JsonEquality.same(a, b)
                : JsonEquality.same(
                        StrategicDirective.key(a, mergeKey), StrategicDirective.key(b, mergeKey));
    }

    private static ArrayNode array(List<JsonNode> items) {
        ArrayNode array = Json.array();
        items.forEach(array::add);
        return array;
    }
}
