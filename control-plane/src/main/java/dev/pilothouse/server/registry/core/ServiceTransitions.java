package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an update of a Service keeps and drops: allocated values that the client left out are taken
 * over, and values that the old type had and the new one may not have go. Source:
 * pkg/registry/core/service/strategy.go and storage.
 */
final class ServiceTransitions {

    private static final List<String> CLUSTER_IP_FIELDS =
            List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

    private ServiceTransitions() {}

    static void apply(ObjectNode service, ObjectNode old) {
        normalizeClusterIps(spec(service), spec(old));
        patchAllocated(service, old);
        dropTypeDependent(service, old);
        // What a cleared field leaves behind may need its default again.
        ServiceDefaults.apply(service);
    }

    private static void normalizeClusterIps(ObjectNode spec, ObjectNode old) {
        boolean sameIp = Json.text(spec, "clusterIP").equals(Json.text(old, "clusterIP"));
        boolean sameIps = ObjectCheck.same(spec.get("clusterIPs"), old.get("clusterIPs"));
        if (sameIp || !sameIps) {
            return;
        }
        String ip = Json.text(spec, "clusterIP");
        spec.remove("clusterIPs");
        if (!ip.isEmpty()) {
            spec.putArray("clusterIPs").add(ip);
        }
    }

    private static void patchAllocated(ObjectNode service, ObjectNode old) {
        ObjectNode spec = spec(service);
        ObjectNode oldSpec = spec(old);
        if (ServiceType.needsClusterIp(service) && ServiceType.needsClusterIp(old)) {
            if (Json.text(spec, "clusterIP").isEmpty()) {
                takeOver("clusterIP", spec, oldSpec);
            }
            if (ServiceType.firstClusterIp(service).isEmpty()
                    && Json.text(spec, "clusterIP").equals(Json.text(oldSpec, "clusterIP"))) {
                takeOver("clusterIPs", spec, oldSpec);
            }
        }
        if (ServiceType.needsNodePort(service) && ServiceType.needsNodePort(old)) {
            patchNodePorts(service, old);
        }
        if (ServiceType.needsHealthCheckPort(service)
                && ServiceType.needsHealthCheckPort(old)
                && Json.number(spec, 0, "healthCheckNodePort") == 0) {
            takeOver("healthCheckNodePort", spec, oldSpec);
        }
    }

    private static void patchNodePorts(ObjectNode service, ObjectNode old) {
        Map<String, JsonNode> known = new HashMap<>();
        Set<JsonNode> claimed = new HashSet<>();
        for (ObjectNode port : Json.objects(old, "spec", "ports")) {
            if (Json.number(port, 0, "nodePort") != 0) {
                known.put(portKey(port), port.get("nodePort"));
            }
        }
        List<ObjectNode> ports = Json.objects(service, "spec", "ports");
        for (ObjectNode port : ports) {
            if (Json.number(port, 0, "nodePort") != 0) {
                claimed.add(port.get("nodePort"));
            }
        }
        for (ObjectNode port : ports) {
            JsonNode allocated = known.get(portKey(port));
            if (Json.number(port, 0, "nodePort") == 0
                    && allocated != null
                    && !claimed.contains(allocated)) {
                port.set("nodePort", allocated);
            }
        }
    }

    private static String portKey(ObjectNode port) {
        return Json.text(port, "protocol") + "/" + Json.number(port, 0, "port");
    }

    private static void dropTypeDependent(ObjectNode service, ObjectNode old) {
        ObjectNode spec = spec(service);
        ObjectNode oldSpec = spec(old);
        if (ServiceType.needsClusterIp(old) && !ServiceType.needsClusterIp(service)) {
            dropUnchanged(spec, oldSpec, CLUSTER_IP_FIELDS);
            dropUnchanged(spec, oldSpec, List.of("internalTrafficPolicy"));
        }
        if (ServiceType.mayHaveNodePort(old)
                && !ServiceType.mayHaveNodePort(service)
                && sameNodePorts(service, old)) {
            Json.objects(spec, "ports").forEach(port -> port.remove("nodePort"));
        }
        if (ServiceType.needsHealthCheckPort(old) && !ServiceType.needsHealthCheckPort(service)) {
            dropUnchanged(spec, oldSpec, List.of("healthCheckNodePort"));
        }
        if (ServiceType.of(old).equals("LoadBalancer")
                && !ServiceType.of(service).equals("LoadBalancer")) {
            dropUnchanged(
                    spec, oldSpec, List.of("allocateLoadBalancerNodePorts", "loadBalancerClass"));
            service.remove("status");
            service.putObject("status").putObject("loadBalancer");
        }
        if (ServiceType.isExternallyAccessible(old)
                && !ServiceType.isExternallyAccessible(service)) {
            dropUnchanged(spec, oldSpec, List.of("externalTrafficPolicy"));
        }
    }

    private static boolean sameNodePorts(ObjectNode service, ObjectNode old) {
        return nodePorts(service).equals(nodePorts(old));
    }

    private static Set<Long> nodePorts(ObjectNode service) {
        Set<Long> ports = new HashSet<>();
        for (ObjectNode port : Json.objects(service, "spec", "ports")) {
            long number = Json.number(port, 0, "nodePort");
            if (number != 0) {
                ports.add(number);
            }
        }
        return ports;
    }

    private static void dropUnchanged(ObjectNode spec, ObjectNode old, List<String> fields) {
        for (String field : fields) {
            if (ObjectCheck.same(spec.get(field), old.get(field))) {
                spec.remove(field);
            }
        }
    }

    private static void takeOver(String field, ObjectNode spec, ObjectNode old) {
        ResourceStrategy.keep(field, spec, old);
    }

    private static ObjectNode spec(ObjectNode service) {
        return Json.child(service, "spec");
    }
}
