package dev.pilothouse.server.proxy;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.node.PodRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the proxy needs to know of an EndpointSlice.
 *
 * @param namespace its namespace
 * @param service the Service it belongs to, or empty
 * @param ports the numbers of its TCP ports by name
 * @param endpoints where connections may go
 */
record SliceView(
        String namespace, String service, Map<String, Integer> ports, List<Endpoint> endpoints) {

    /**
     * One endpoint.
     *
     * @param address its first address
     * @param ready whether it takes new connections
     * @param serving whether it would, were it not on its way out
     * @param node its node, or empty
     * @param pod its pod, or null when it is none
     */
    record Endpoint(
            String address, boolean ready, boolean serving, String node, @Nullable PodRef pod) {}

    /** Reads a slice. */
    static SliceView of(ObjectNode slice) {
        return new SliceView(
                Json.text(slice, "metadata", "namespace"),
                Json.stringMap(slice, "metadata", "labels")
                        .getOrDefault("kubernetes.io/service-name", ""),
                Json.objects(slice, "ports").stream()
                        .filter(Protocols::isTcp)
                        .collect(
                                Collectors.toMap(
                                        port -> Json.text(port, "name"),
                                        port -> (int) Json.number(port, 0, "port"),
                                        (first, _) -> first)),
                Json.objects(slice, "endpoints").stream().map(SliceView::endpoint).toList());
    }

    private static Endpoint endpoint(ObjectNode endpoint) {
        List<String> addresses =
                endpoint.path("addresses").valueStream().map(node -> node.asString()).toList();
        boolean ready = truth(endpoint, "ready", true);
        return new Endpoint(
                addresses.isEmpty() ? "" : addresses.getFirst(),
                ready,
                truth(endpoint, "serving", ready),
                Json.text(endpoint, "nodeName"),
                pod(endpoint));
    }

    private static boolean truth(ObjectNode endpoint, String condition, boolean missing) {
        return Json.at(endpoint, "conditions", condition) == null
                ? missing
                : Json.bool(endpoint, "conditions", condition);
    }

    private static @Nullable PodRef pod(ObjectNode endpoint) {
        if (!Json.text(endpoint, "targetRef", "kind").equals("Pod")) {
            return null;
        }
        return new PodRef(
                Json.text(endpoint, "targetRef", "namespace"),
                Json.text(endpoint, "targetRef", "name"),
                Json.text(endpoint, "targetRef", "uid"));
    }
}
