package dev.pilothouse.server.controller.endpointslice;

import dev.pilothouse.model.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings endpoints into slices with as few writes as can be: what is in place stays there, new ones
 * go first into slices that change anyhow, then into one that has room, then into new ones. Source:
 * k8s.io/endpointslice reconciler.go, reconcileByPortMapping.
 */
final class SliceDiff {

    /** Most endpoints in a slice: kube-controller-manager's --max-endpoints-per-slice. */
    static final int CAPACITY = 100;

    private final List<ObjectNode> unchanged = new ArrayList<>();
    private final List<ObjectNode> updates = new ArrayList<>();
    private final List<ObjectNode> deletes = new ArrayList<>();
    private final List<Added> creates = new ArrayList<>();

    /** A slice that is to be made. */
    record Added(SliceKey key, ArrayNode endpoints) {}

    /** Who an endpoint is, whatever its state. */
    private record Identity(String address, String uid, String name) {

        static Identity of(JsonNode endpoint) {
            return new Identity(
                    endpoint.path("addresses").path(0).asString(""),
                    Json.text(endpoint, "targetRef", "uid"),
                    Json.text(endpoint, "targetRef", "name"));
        }
    }

    private SliceDiff() {}

    /**
     * What is to be done.
     *
     * @param present the slices as they are; those to be changed are changed
     * @param wanted the endpoints that there should be
     */
    static SliceDiff of(List<ObjectNode> present, Map<SliceKey, List<ObjectNode>> wanted) {
        SliceDiff diff = new SliceDiff();
        Map<SliceKey, List<ObjectNode>> byKey = new HashMap<>();
        for (ObjectNode slice : present) {
            byKey.computeIfAbsent(SliceKey.of(slice), _ -> new ArrayList<>()).add(slice);
        }
        wanted.forEach((key, endpoints) -> {
            List<ObjectNode> slices = byKey.remove(key);
            diff.place(key, endpoints, slices == null ? List.of() : slices);
        });
        byKey.values().forEach(diff.deletes::addAll);
        diff.recycle();
        return diff;
    }

    /** Slices that hold what they should; their metadata may still be wrong. */
    List<ObjectNode> unchanged() {
        return unchanged;
    }

    /** Slices that hold something else now. */
    List<ObjectNode> updates() {
        return updates;
    }

    /** Slices that nothing is left for. */
    List<ObjectNode> deletes() {
        return deletes;
    }

    /** Slices to be made. */
    List<Added> creates() {
        return creates;
    }

    private void place(SliceKey key, List<ObjectNode> wanted, List<ObjectNode> slices) {
        Map<Identity, ObjectNode> left = new LinkedHashMap<>();
        wanted.forEach(endpoint -> left.put(Identity.of(endpoint), endpoint));
        List<ObjectNode> changed = new ArrayList<>();
        List<ObjectNode> same = new ArrayList<>();
        for (ObjectNode slice : slices) {
            Boolean kept = keep(slice, left);
            if (kept == null) {
                deletes.add(slice);
            } else {
                (kept ? same : changed).add(slice);
            }
        }
        Deque<ObjectNode> rest = new ArrayDeque<>(left.values());
        changed.forEach(slice -> fill(endpoints(slice), rest));
        while (!rest.isEmpty()) {
            ObjectNode roomy = roomFor(Math.min(rest.size(), CAPACITY), same);
            if (roomy == null) {
                ArrayNode endpoints = Json.array();
                fill(endpoints, rest);
                creates.add(new Added(key, endpoints));
            } else {
                fill(endpoints(roomy), rest);
                same.remove(roomy);
                changed.add(roomy);
            }
        }
        updates.addAll(changed);
        unchanged.addAll(same);
    }

    /**
     * Keeps in a slice what is still wanted. Whether the slice is the same as before; null when
     * nothing of it is left.
     */
    private static @Nullable Boolean keep(ObjectNode slice, Map<Identity, ObjectNode> left) {
        ArrayNode before = endpoints(slice);
        ArrayNode after = Json.array();
        boolean same = true;
        for (JsonNode endpoint : before) {
            ObjectNode now = left.remove(Identity.of(endpoint));
            if (now == null) {
                same = false;
            } else {
                same &= now.equals(endpoint);
                after.add(now);
            }
        }
        if (after.isEmpty()) {
            return null;
        }
        slice.set("endpoints", after);
        return same;
    }

    /** The fullest slice with that much room, or null. */
    private static @Nullable ObjectNode roomFor(int more, List<ObjectNode> slices) {
        ObjectNode best = null;
        for (ObjectNode slice : slices) {
            int size = endpoints(slice).size();
            if (size + more <= CAPACITY && (best == null || size > endpoints(best).size())) {
                best = slice;
            }
        }
        return best;
    }

    private static void fill(ArrayNode endpoints, Deque<ObjectNode> rest) {
        while (!rest.isEmpty() && endpoints.size() < CAPACITY) {
            endpoints.add(rest.pop());
        }
    }

    /** One change costs watchers less than a deletion and a creation. */
    private void recycle() {
        for (Added added : List.copyOf(creates)) {
            for (ObjectNode slice : deletes) {
                if (Json.text(slice, "addressType").equals(added.key().addressType())) {
                    slice.set("endpoints", added.endpoints());
                    slice.set("ports", added.key().portsJson());
                    deletes.remove(slice);
                    creates.remove(added);
                    updates.add(slice);
                    break;
                }
            }
        }
    }

    private static ArrayNode endpoints(ObjectNode slice) {
        return Json.arrayAt(slice, "endpoints") instanceof ArrayNode endpoints
                ? endpoints
                : slice.putArray("endpoints");
    }
}
