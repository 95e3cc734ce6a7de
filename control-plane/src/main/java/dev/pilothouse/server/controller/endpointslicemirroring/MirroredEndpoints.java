package dev.pilothouse.server.controller.endpointslicemirroring;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.endpointslice.SliceKey;
import dev.pilothouse.server.controller.endpointslice.SlicePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The endpoints of an Endpoints object in the form of slices. Source:
 * pkg/controller/endpointslicemirroring.
 *
 * @param byKey the endpoints
 * @param skipped how many addresses were more than a subset may have
 * @param invalid how many addresses are none
 */
record MirroredEndpoints(Map<SliceKey, List<ObjectNode>> byKey, int skipped, int invalid) {

    /** Most addresses that are taken from a subset. */
    static final int CAPACITY = 1000;

    static MirroredEndpoints of(ObjectNode endpoints) {
        Map<SliceKey, List<ObjectNode>> byKey = new LinkedHashMap<>();
        int skipped = 0;
        int invalid = 0;
        for (ObjectNode subset : Json.objects(endpoints, "subsets")) {
            List<SlicePort> ports =
                    Json.objects(subset, "ports").stream().map(SlicePort::of).toList();
            int taken = 0;
            List<ObjectNode> found = new ArrayList<>();
            Json.objects(subset, "addresses")
                    .forEach(address -> found.add(endpoint(address, true)));
            Json.objects(subset, "notReadyAddresses")
                    .forEach(address -> found.add(endpoint(address, false)));
            for (ObjectNode endpoint : found) {
                String ip = endpoint.path("addresses").path(0).asString("");
                if (ip.isEmpty()) {
                    invalid++;
                } else if (taken == CAPACITY) {
                    skipped++;
                } else {
                    taken++;
                    byKey.computeIfAbsent(SliceKey.forAddress(ip, ports), _ -> new ArrayList<>())
                            .add(endpoint);
                }
            }
        }
        return new MirroredEndpoints(byKey, skipped, invalid);
    }

    private static ObjectNode endpoint(ObjectNode address, boolean ready) {
        ObjectNode endpoint = Json.object();
        endpoint.putArray("addresses").add(Json.text(address, "ip"));
        endpoint.putObject("conditions").put("ready", ready);
        copy(address, endpoint, "hostname");
        copy(address, endpoint, "targetRef");
        copy(address, endpoint, "nodeName");
        return endpoint;
    }

    private static void copy(ObjectNode from, ObjectNode to, String field) {
        JsonNode value = from.get(field);
        if (value != null && !value.isNull()) {
            to.set(field, value);
        }
    }
}
