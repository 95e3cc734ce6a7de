package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Defaults;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Defaults of Services. Source: pkg/apis/core/v1/defaults.go, and the single-stack IPv4 allocator.
 */
final class ServiceDefaults {

    private static final int AFFINITY_SECONDS = 10800;

    private ServiceDefaults() {}

    static void apply(ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        Defaults.text(spec, "sessionAffinity", "None");
        if (Json.text(spec, "sessionAffinity").equals("None")) {
            spec.remove("sessionAffinityConfig");
        } else if (Json.text(spec, "sessionAffinity").equals("ClientIP")) {
            ObjectNode client = Json.child(Json.child(spec, "sessionAffinityConfig"), "clientIP");
            Defaults.number(client, "timeoutSeconds", AFFINITY_SECONDS);
        }
        Defaults.text(spec, "type", "ClusterIP");
        for (ObjectNode port : Json.objects(spec, "ports")) {
            port(port);
        }
        if (ServiceType.isExternallyAccessible(service)) {
            Defaults.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (ServiceType.needsClusterIp(service)) {
            Defaults.text(spec, "internalTrafficPolicy", "Cluster");
            clusterIps(spec);
            families(spec);
        }
        if (ServiceType.of(service).equals("LoadBalancer")) {
            Defaults.bool(spec, "allocateLoadBalancerNodePorts", true);
            loadBalancerStatus(service);
        }
    }

    private static void port(ObjectNode port) {
        Defaults.text(port, "protocol", "TCP");
        JsonNode target = Json.at(port, "targetPort");
        boolean unset =
                target == null
                        || target.isNumber() && target.asInt(0) == 0
                        || target.isString() && target.stringValue().isEmpty();
        JsonNode number = Json.at(port, "port");
        if (unset && number != null) {
            port.set("targetPort", number);
        }
    }

    private static void clusterIps(ObjectNode spec) {
        String ip = Json.text(spec, "clusterIP");
        if (!ip.isEmpty()) {
            Defaults.texts(spec, "clusterIPs", ip);
        }
    }

    /** A headless Service without selector is told of both families, any other one of IPv4. */
    private static void families(ObjectNode spec) {
        ObjectNode selector = Json.objectAt(spec, "selector");
        boolean both =
                Json.text(spec, "clusterIP").equals("None")
                        && (selector == null || selector.isEmpty());
        Defaults.text(spec, "ipFamilyPolicy", both ? "RequireDualStack" : "SingleStack");
        boolean dual = both && !Json.text(spec, "ipFamilyPolicy").equals("SingleStack");
        if (dual) {
            Defaults.texts(spec, "ipFamilies", "IPv4", "IPv6");
        } else {
            Defaults.texts(spec, "ipFamilies", "IPv4");
        }
    }

    private static void loadBalancerStatus(ObjectNode service) {
        for (ObjectNode ingress : Json.objects(service, "status", "loadBalancer", "ingress")) {
            if (!Json.text(ingress, "ip").isEmpty()) {
                Defaults.text(ingress, "ipMode", "VIP");
            }
        }
    }
}
