package dev.pilothouse.server.controller.endpointslice;

import dev.pilothouse.model.json.Json;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all endpoints of a slice have in common.
 *
 * @param addressType IPv4 or IPv6
 * @param ports the ports, in order
 */
public record SliceKey(String addressType, List<SlicePort> ports) {

    /** Puts the ports in order. */
    public SliceKey {
        ports = ports.stream().sorted().toList();
    }

    /** For endpoints with an address like this one. */
    public static SliceKey forAddress(String address, Collection<SlicePort> ports) {
        return new SliceKey(address.contains(":") ? "IPv6" : "IPv4", List.copyOf(ports));
    }

    /** Reads it from a slice. */
    static SliceKey of(ObjectNode slice) {
        return new SliceKey(
                Json.text(slice, "addressType"),
                Json.objects(slice, "ports").stream().map(SlicePort::of).toList());
    }

    ArrayNode portsJson() {
        ArrayNode json = Json.array();
        ports.forEach(port -> json.add(port.toJson()));
        return json;
    }
}
