package dev.pilothouse.server.controller.endpoints;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.services.BackendPod;
import dev.pilothouse.server.controller.services.ServicePort;
import dev.pilothouse.server.controller.services.ServiceView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The subsets of an Endpoints object: addresses grouped by the ports that they serve, so that two
 * pods that answer a port's name at different numbers come into different subsets. Source:
 * pkg/controller/endpoint and pkg/api/v1/endpoints.
 */
final class Subsets {

    /** Most addresses in one object; more make it too large for its many readers. */
    static final int CAPACITY = 1000;

    private static final Comparator<Port> PORTS =
            Comparator.comparing(Port::name).thenComparingInt(Port::port);
    private static final Comparator<Address> ADDRESSES =
            Comparator.comparing(Address::ip).thenComparing(Address::pod);

    private final Map<List<Port>, Subset> byPorts =
            new TreeMap<>(Comparator.comparing(Object::toString));
    private int ready;
    private int notReady;

    private record Port(String name, int port, String protocol, String appProtocol) {}

    private record Address(String ip, String pod, ObjectNode json) {}

    private record Subset(List<Address> ready, List<Address> notReady) {}

    /** The subsets of a Service with these pods behind it. */
    static Subsets of(ServiceView service, List<BackendPod> pods) {
        Subsets subsets = new Subsets();
        String family = service.families().isEmpty() ? "IPv4" : service.families().getFirst();
        for (BackendPod pod : pods) {
            if (!pod.deleting() || service.publishNotReady()) {
                subsets.add(service, pod, family);
            }
        }
        return subsets;
    }

    /** Whether there are more addresses than fit. */
    boolean overCapacity() {
        return ready + notReady > CAPACITY;
    }

    /** The {@code subsets} field, shortened to what fits: ready addresses stay before others. */
    ArrayNode toJson() {
        int readyLeft = Math.min(ready, CAPACITY);
        int notReadyLeft = Math.min(notReady, CAPACITY - readyLeft);
        ArrayNode subsets = Json.array();
        for (Map.Entry<List<Port>, Subset> entry : byPorts.entrySet()) {
            List<Address> first = shorten(entry.getValue().ready(), readyLeft);
            List<Address> second = shorten(entry.getValue().notReady(), notReadyLeft);
            readyLeft -= first.size();
            notReadyLeft -= second.size();
            if (first.isEmpty() && second.isEmpty()) {
                continue;
            }
            ObjectNode subset = subsets.addObject();
            put(subset, "addresses", first);
            put(subset, "notReadyAddresses", second);
            if (!entry.getKey().isEmpty()) {
                ArrayNode ports = subset.putArray("ports");
                entry.getKey().forEach(port -> ports.add(json(port)));
            }
        }
        return subsets;
    }

    private void add(ServiceView service, BackendPod pod, String family) {
        String ip = address(pod, family);
        if (ip.isEmpty()) {
            return;
        }
        List<Port> ports = new ArrayList<>();
        for (ServicePort port : service.ports()) {
            OptionalInt target = pod.target(port);
            if (target.isPresent()) {
                ports.add(
                        new Port(
                                port.name(),
                                target.getAsInt(),
                                port.protocol(),
                                port.appProtocol()));
            }
        }
        if (ports.isEmpty() && !(service.headless() && service.ports().isEmpty())) {
            return;
        }
        ports.sort(PORTS);
        Subset subset =
                byPorts.computeIfAbsent(
                        List.copyOf(ports), _ -> new Subset(new ArrayList<>(), new ArrayList<>()));
        Address address = new Address(ip, pod.key().name(), json(service, pod, ip));
        if (pod.ready() || service.publishNotReady()) {
            subset.ready().add(address);
            ready++;
        } else {
            subset.notReady().add(address);
            notReady++;
        }
    }

    private static String address(BackendPod pod, String family) {
        boolean six = family.equals("IPv6");
        return pod.ips().stream().filter(ip -> ip.contains(":") == six).findFirst().orElse("");
    }

    private static ObjectNode json(ServiceView service, BackendPod pod, String ip) {
        ObjectNode json = Json.object();
        json.put("ip", ip);
        if (pod.isNamedBy(service)) {
            json.put("hostname", pod.hostname());
        }
        if (!pod.node().isEmpty()) {
            json.put("nodeName", pod.node());
        }
        json.putObject("targetRef")
                .put("kind", "Pod")
                .put("namespace", pod.key().namespace())
                .put("name", pod.key().name())
                .put("uid", pod.uid());
        return json;
    }

    private static ObjectNode json(Port port) {
        ObjectNode json = Json.object();
        if (!port.name().isEmpty()) {
            json.put("name", port.name());
        }
        json.put("port", port.port());
        json.put("protocol", port.protocol());
        if (!port.appProtocol().isEmpty()) {
            json.put("appProtocol", port.appProtocol());
        }
        return json;
    }

    private static List<Address> shorten(List<Address> addresses, int most) {
        return addresses.stream().sorted(ADDRESSES).limit(most).toList();
    }

    private static void put(ObjectNode subset, String field, List<Address> addresses) {
        if (!addresses.isEmpty()) {
            ArrayNode array = subset.putArray(field);
            addresses.forEach(address -> array.add(address.json()));
        }
    }
}
