package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What follows from a Service's type. Source: pkg/registry/core/service/storage and strategy. */
final class ServiceType {

    private ServiceType() {}

    static String of(ObjectNode service) {
        return Json.text(service, "spec", "type");
    }

    static boolean needsClusterIp(ObjectNode service) {
        return !of(service).equals("ExternalName");
    }

    static boolean needsNodePort(ObjectNode service) {
        return of(service).equals("NodePort")
                || of(service).equals("LoadBalancer")
                        && Json.at(service, "spec", "allocateLoadBalancerNodePorts")
                                instanceof JsonNode allocate
                        && allocate.asBoolean(true);
    }

    static boolean mayHaveNodePort(ObjectNode service) {
        return of(service).equals("NodePort") || of(service).equals("LoadBalancer");
    }

    static boolean needsHealthCheckPort(ObjectNode service) {
        return of(service).equals("LoadBalancer")
                && Json.text(service, "spec", "externalTrafficPolicy").equals("Local");
    }

    static boolean isExternallyAccessible(ObjectNode service) {
        JsonNode external = Json.at(service, "spec", "externalIPs");
        return mayHaveNodePort(service)
                || of(service).equals("ClusterIP") && external != null && !external.isEmpty();
    }

    static boolean isHeadless(ObjectNode service) {
        return Json.text(service, "spec", "clusterIP").equals("None")
                || firstClusterIp(service).equals("None");
    }

    static String firstClusterIp(ObjectNode service) {
        ArrayNode ips = Json.arrayAt(service, "spec", "clusterIPs");
        return ips == null || ips.isEmpty() ? "" : ips.get(0).asString("");
    }
}
