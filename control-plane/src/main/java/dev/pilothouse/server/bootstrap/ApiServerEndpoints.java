package dev.pilothouse.server.bootstrap;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.bootstrap.FirstObjects.FirstObject;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints of the Service {@code kubernetes}: where the API server listens this time. */
final class ApiServerEndpoints {

    private static final GroupVersionResource SLICES =
            new GroupVersionResource("discovery.k8s.io", "v1", "endpointslices");

    private ApiServerEndpoints() {}

    static List<FirstObject> of(String address, int port) {
        return List.of(
                new FirstObject(FirstObjects.core("endpoints"), endpoints(address, port)),
                new FirstObject(SLICES, slice(address, port)));
    }

    private static ObjectNode endpoints(String address, int port) {
        ObjectNode object = FirstObjects.named("v1", "Endpoints", "default", "kubernetes");
        Json.child(object, "metadata")
                .putObject("labels")
                .put("endpointslice.kubernetes.io/skip-mirror", "true");
        ObjectNode subset = object.putArray("subsets").addObject();
        subset.putArray("addresses").addObject().put("ip", routable(address));
        port(subset.putArray("ports").addObject(), port);
        return object;
    }

    private static ObjectNode slice(String address, int port) {
        ObjectNode object =
                FirstObjects.named("discovery.k8s.io/v1", "EndpointSlice", "default", "kubernetes");
        Json.child(object, "metadata")
                .putObject("labels")
                .put("kubernetes.io/service-name", "kubernetes");
        object.put("addressType", "IPv4");
        ObjectNode endpoint = object.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(routable(address));
        endpoint.putObject("conditions").put("ready", true);
        port(object.putArray("ports").addObject(), port);
        return object;
    }

    private static void port(ObjectNode json, int port) {
        json.put("name", "https");
        json.put("port", port);
        json.put("protocol", "TCP");
    }

    /**
     * Endpoints may not be loopback addresses, which mean another machine in every pod. Until pods
     * have a network of their own, the Service's first address stands for the server on this
     * machine.
     */
    private static String routable(String address) {
        return address.startsWith("127.") || address.contains(":")
                ? FirstObjects.SERVICE_IP
                : address;
    }
}
