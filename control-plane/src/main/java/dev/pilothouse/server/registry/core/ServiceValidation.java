package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Validation of Services. Source: ValidateService in pkg/apis/core/validation/validation.go. */
final class ServiceValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> TYPES =
            List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> TRAFFIC_POLICIES = List.of("Cluster", "Local");
    private static final List<String> DISTRIBUTIONS =
            List.of("PreferClose", "PreferSameNode", "PreferSameZone");
    private static final String ONLY_LOAD_BALANCER =
            "may only be used when `type` is 'LoadBalancer'";
    private static final String SET_ONCE = "may not change once set";
    private static final int MAX_AFFINITY_SECONDS = 86400;

    private ServiceValidation() {}

    static void validate(ObjectNode service, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(service, errors).child("spec");
        String type = spec.text("type");
        boolean headless = ServiceType.isHeadless(service);
        if (!headless && !type.equals("ExternalName")) {
            spec.require("ports");
        }
        byType(spec, type, headless);
        ServicePortValidation.validate(spec, type);
        LabelsValidator.validate(
                Json.objectAt(service, "spec", "selector"), SPEC.child("selector"), errors);
        affinity(spec);
        ServiceAddressValidation.validate(spec, type);
        spec.requireOneOf("type", TYPES);
        loadBalancer(spec, type);
        traffic(service, spec, type);
    }

    static void validateUpdate(ObjectNode service, ObjectNode old, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(service, errors).child("spec");
        String before = ServiceType.firstClusterIp(old);
        if (ServiceType.needsClusterIp(service)
                && ServiceType.needsClusterIp(old)
                && !before.isEmpty()) {
            String after = ServiceType.firstClusterIp(service);
            if (!after.equals(before)) {
                errors.invalid(
                        SPEC.child("clusterIPs").index(0),
                        Json.at(service, "spec", "clusterIPs"),
                        after.isEmpty() ? "primary clusterIP can not be unset" : SET_ONCE);
            }
            firstFamily(service, old, errors);
        }
        if (ServiceType.of(service).equals("LoadBalancer")
                && ServiceType.of(old).equals("LoadBalancer")) {
            spec.immutable("loadBalancerClass", Json.child(old, "spec"), SET_ONCE);
        }
        validate(service, errors);
    }

    private static void firstFamily(ObjectNode service, ObjectNode old, FieldErrors errors) {
        ArrayNode before = Json.arrayAt(old, "spec", "ipFamilies");
        ArrayNode after = Json.arrayAt(service, "spec", "ipFamilies");
        if (before == null || before.isEmpty() || after == null || after.isEmpty()) {
            return;
        }
        if (!before.get(0).equals(after.get(0))) {
            errors.invalid(SPEC.child("ipFamilies").index(0), after, SET_ONCE);
        }
    }

    private static void byType(ObjectCheck spec, String type, boolean headless) {
        switch (type) {
            case "LoadBalancer", "NodePort" -> {
                if (headless) {
                    spec.errors()
                            .invalid(
                                    spec.path("clusterIPs").index(0),
                                    "None",
                                    "may not be set to 'None' for " + type + " services");
                }
            }
            case "ExternalName" -> externalName(spec);
            default -> {}
        }
    }

    private static void externalName(ObjectCheck spec) {
        spec.forbidPresent(
                "may not be set for ExternalName services",
                "clusterIPs",
                "ipFamilies",
                "ipFamilyPolicy");
        String name = spec.text("externalName");
        String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (host.isEmpty()) {
            spec.errors().required(spec.path("externalName"), "");
            return;
        }
        for (String complaint : Names.dnsSubdomain(host)) {
            spec.errors().invalid(spec.path("externalName"), host, complaint);
        }
    }

    private static void affinity(ObjectCheck spec) {
        spec.requireOneOf("sessionAffinity", List.of("ClientIP", "None"));
        if (spec.text("sessionAffinity").equals("None") && spec.present("sessionAffinityConfig")) {
            spec.forbidden(
                    "sessionAffinityConfig", "must not be set when session affinity is None");
        }
        if (spec.text("sessionAffinity").equals("ClientIP")) {
            spec.child("sessionAffinityConfig")
                    .child("clientIP")
                    .range(
                            "timeoutSeconds",
                            1,
                            MAX_AFFINITY_SECONDS,
                            "must be greater than 0 and less than 86400");
        }
    }

    private static void loadBalancer(ObjectCheck spec, String type) {
        if (type.equals("LoadBalancer")) {
            if (!spec.present("allocateLoadBalancerNodePorts")) {
                spec.require("allocateLoadBalancerNodePorts");
            }
            spec.syntax("loadBalancerClass", Names::qualifiedName);
            return;
        }
        spec.forbidPresent(ONLY_LOAD_BALANCER, "allocateLoadBalancerNodePorts");
        if (spec.present("loadBalancerClass")) {
            spec.forbidden("loadBalancerClass", ONLY_LOAD_BALANCER);
        }
    }

    private static void traffic(ObjectNode service, ObjectCheck spec, String type) {
        if (ServiceType.isExternallyAccessible(service)) {
            spec.requireOneOf("externalTrafficPolicy", TRAFFIC_POLICIES);
        } else if (spec.has("externalTrafficPolicy")) {
            spec.invalid(
                    "externalTrafficPolicy", "may only be set for externally-accessible services");
        }
        long healthPort = Json.number(spec.node(), 0, "healthCheckNodePort");
        if (healthPort < 0) {
            spec.nonNegative("healthCheckNodePort");
        } else if (healthPort != 0 && !ServiceType.needsHealthCheckPort(service)) {
            spec.invalid(
                    "healthCheckNodePort",
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
        if (!type.equals("ExternalName")) {
            spec.require("internalTrafficPolicy");
        }
        if (spec.has("internalTrafficPolicy")) {
            spec.oneOf("internalTrafficPolicy", TRAFFIC_POLICIES);
        }
        spec.oneOf("trafficDistribution", DISTRIBUTIONS);
    }
}
