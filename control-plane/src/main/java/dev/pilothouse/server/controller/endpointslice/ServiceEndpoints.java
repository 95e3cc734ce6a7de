package dev.pilothouse.server.controller.endpointslice;

import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.services.BackendPod;
import dev.pilothouse.server.controller.services.ServicePort;
import dev.pilothouse.server.controller.services.ServiceView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The endpoints of a Service by what they have in common. Source: k8s.io/endpointslice,
 * podToEndpoint.
 *
 * @param byKey the endpoints
 * @param complete whether all pods are among them; those on nodes that do not exist are not
 */
record ServiceEndpoints(Map<SliceKey, List<ObjectNode>> byKey, boolean complete) {

    /** The endpoints of a Service with these pods behind it. */
    static ServiceEndpoints of(ServiceView service, List<BackendPod> pods, Lister<NodeZone> nodes) {
        Map<SliceKey, List<ObjectNode>> byKey = new LinkedHashMap<>();
        boolean complete = true;
        List<BackendPod> ordered = new ArrayList<>(pods);
        ordered.sort(Comparator.comparing(pod -> pod.key().name()));
        for (BackendPod pod : ordered) {
            NodeZone node = pod.node().isEmpty() ? null : nodes.get("", pod.node());
            if (node == null && !pod.node().isEmpty() && !service.publishNotReady()) {
                complete = false;
                continue;
            }
            List<SlicePort> ports = ports(service, pod);
            for (String family : service.families()) {
                List<String> addresses = addresses(pod, family);
                if (!addresses.isEmpty()) {
                    byKey.computeIfAbsent(new SliceKey(family, ports), _ -> new ArrayList<>())
                            .add(endpoint(service, pod, addresses, node));
                }
            }
        }
        return new ServiceEndpoints(byKey, complete);
    }

    private static List<SlicePort> ports(ServiceView service, BackendPod pod) {
        List<SlicePort> ports = new ArrayList<>();
        for (ServicePort port : service.ports()) {
            OptionalInt target = pod.target(port);
            if (target.isPresent()) {
                ports.add(
                        new SlicePort(
                                port.name(),
                                target.getAsInt(),
                                port.protocol(),
                                port.appProtocol()));
            }
        }
        return ports;
    }

    private static List<String> addresses(BackendPod pod, String family) {
        boolean six = family.equals("IPv6");
        return pod.ips().stream().filter(ip -> ip.contains(":") == six).toList();
    }

    private static ObjectNode endpoint(
            ServiceView service, BackendPod pod, List<String> addresses, @Nullable NodeZone node) {
        ObjectNode endpoint = Json.object();
        ArrayNode list = endpoint.putArray("addresses");
        addresses.forEach(list::add);
        endpoint.putObject("conditions")
                .put("ready", service.publishNotReady() || (pod.ready() && !pod.deleting()))
                .put("serving", pod.ready())
                .put("terminating", pod.deleting());
        if (pod.isNamedBy(service)) {
            endpoint.put("hostname", pod.hostname());
        }
        endpoint.putObject("targetRef")
                .put("kind", "Pod")
                .put("namespace", pod.key().namespace())
                .put("name", pod.key().name())
                .put("uid", pod.uid());
        if (!pod.node().isEmpty()) {
            endpoint.put("nodeName", pod.node());
        }
        if (node != null && !node.zone().isEmpty()) {
            endpoint.put("zone", node.zone());
        }
        return endpoint;
    }
}
