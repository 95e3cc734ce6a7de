package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lays an applied configuration over the live object; structured-merge-diff typed/merge.go. The
 * result shares no node with either.
 */
final class TypedMerge {

    private TypedMerge() {}

    static JsonNode merge(@Nullable JsonNode live, @Nullable JsonNode applied, Shape declared) {
        if (applied == null) {
            return live == null ? Json.object() : live.deepCopy();
        }
        if (live == null) {
            return applied.deepCopy();
        }
        Shape shape = declared.forValue(applied);
        if (shape.isMap() && live instanceof ObjectNode old) {
            return applied instanceof ObjectNode now ? maps(old, now, shape) : keep(live, applied);
        }
        if (shape.isList() && live instanceof ArrayNode old) {
            return applied instanceof ArrayNode now ? lists(old, now, shape) : keep(live, applied);
        }
        return applied.deepCopy();
    }

    // Null says nothing about the parts of a granular value that others may own.
    private static JsonNode keep(JsonNode live, JsonNode applied) {
        return (applied.isNull() && !live.isEmpty() ? live : applied).deepCopy();
    }

    private static ObjectNode maps(ObjectNode live, ObjectNode applied, Shape shape) {
        ObjectNode merged = Json.object();
        for (Map.Entry<String, JsonNode> entry : live.properties()) {
            String name = entry.getKey();
            merged.set(name, merge(entry.getValue(), applied.get(name), shape.child(name)));
        }
        for (Map.Entry<String, JsonNode> entry : applied.properties()) {
            if (!live.has(entry.getKey())) {
                merged.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
        return merged;
    }

    private static ArrayNode lists(ArrayNode live, ArrayNode applied, Shape shape) {
        return new ListMerge(live, applied, shape).run();
    }

    /**
     * Merges two lists by element address. Applied elements come in the applied order; live
     * elements that are not applied stay before the applied element they preceded.
     */
    private static final class ListMerge {
        private final ArrayNode live;
        private final ArrayNode applied;
        private final Shape element;
        private final List<PathElement> liveNames;
        private final List<PathElement> appliedNames;
        private final Map<PathElement, JsonNode> liveItems = new HashMap<>();
        private final Map<PathElement, JsonNode> appliedItems = new HashMap<>();
        private final Set<PathElement> done = new HashSet<>();
        private final List<PathElement> shared = new ArrayList<>();
        private final ArrayNode merged = Json.array();
        private int nextShared;

        ListMerge(ArrayNode live, ArrayNode applied, Shape shape) {
            this.live = live;
            this.applied = applied;
            this.element = shape.element();
            this.liveNames = index(live, shape, liveItems);
            this.appliedNames = index(applied, shape, appliedItems);
            for (PathElement name : appliedNames) {
                if (liveItems.containsKey(name)) {
                    shared.add(name);
                }
            }
        }

        private static List<PathElement> index(
                ArrayNode list, Shape shape, Map<PathElement, JsonNode> items) {
            List<PathElement> names = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                PathElement name = shape.elementName(list.get(i));
                if (name == null) {
                    name = PathElement.index(i);
                }
                names.add(name);
                items.putIfAbsent(name, list.get(i));
            }
            return names;
        }

        ArrayNode run() {
            int l = 0;
            int r = 0;
            while (l < live.size() || r < applied.size()) {
                PathElement name = l < live.size() ? liveNames.get(l) : null;
                if (name != null && r < applied.size()) {
                    if (name.equals(appliedNames.get(r))) {
                        l++;
                        take(appliedNames.get(r++));
                        continue;
                    }
                    if (isSharedLater(name)) {
                        l++;
                        continue;
                    }
                }
                if (name != null && !appliedItems.containsKey(name)) {
                    merged.add(live.get(l++).deepCopy());
                    continue;
                }
                if (name != null && done.contains(name)) {
                    l++;
                }
                if (r < applied.size()) {
                    take(appliedNames.get(r++));
                }
            }
            return merged;
        }

        private boolean isNextShared(PathElement name) {
            return nextShared < shared.size() && shared.get(nextShared).equals(name);
        }

        // A shared element that is not the one whose turn comes next in the applied order.
        private boolean isSharedLater(PathElement name) {
            return appliedItems.containsKey(name)
                    && nextShared < shared.size()
                    && !isNextShared(name);
        }

        private void take(PathElement name) {
            merged.add(merge(liveItems.get(name), appliedItems.get(name), element));
            done.add(name);
            if (isNextShared(name)) {
                nextShared++;
            }
        }
    }
}
