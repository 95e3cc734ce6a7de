package dev.pilothouse.server.registry.core;

import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Cluster IPs, families, external addresses and source ranges of a Service. Source:
 * ValidateServiceClusterIPsRelatedFields in pkg/apis/core/validation.
 */
final class ServiceAddressValidation {

    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES =
            List.of("PreferDualStack", "RequireDualStack", "SingleStack");
    private static final int MAX_CLUSTER_IPS = 2;

    private ServiceAddressValidation() {}

    static void validate(ObjectCheck spec, String type) {
        if (!type.equals("ExternalName")) {
            families(spec);
            clusterIps(spec);
        }
        spec.eachText(
                "externalIPs",
                (ip, path) -> {
                    List<String> complaints = Addresses.ip(ip);
                    for (String complaint :
                            complaints.isEmpty() ? Addresses.notSpecial(ip) : complaints) {
                        spec.errors().invalid(path, ip, complaint);
                    }
                });
        sourceRanges(spec, type);
    }

    private static void families(ObjectCheck spec) {
        Set<String> seen = new HashSet<>();
        spec.eachText(
                "ipFamilies",
                (family, path) -> {
                    if (!FAMILIES.contains(family)) {
                        spec.errors().notSupported(path, family, FAMILIES);
                    } else if (!seen.add(family)) {
                        spec.errors().duplicate(path, family);
                    }
                });
        spec.oneOf("ipFamilyPolicy", POLICIES);
    }

    private static void clusterIps(ObjectCheck spec) {
        String ip = spec.text("clusterIP");
        int count = spec.size("clusterIPs");
        if (count == 0) {
            if (!ip.isEmpty()) {
                spec.require("clusterIPs");
            }
            return;
        }
        JsonNode first = spec.node().get("clusterIPs").get(0);
        if (!ip.equals(first.asString(""))) {
            spec.invalid("clusterIPs", "first value must match `clusterIP`");
        }
        if (count > MAX_CLUSTER_IPS) {
            spec.invalid("clusterIPs", "may only hold up to 2 values");
        }
        Set<String> seen = new HashSet<>();
        spec.eachText(
                "clusterIPs",
                (value, path) -> {
                    if (value.equals("None")) {
                        if (count > 1) {
                            spec.errors()
                                    .invalid(
                                            path, value, "'None' must be the first and only value");
                        }
                        return;
                    }
                    for (String complaint : Addresses.ip(value)) {
                        spec.errors().invalid(path, value, complaint);
                    }
                    if (!seen.add(value)) {
                        spec.errors().duplicate(path, value);
                    }
                });
    }

    private static void sourceRanges(ObjectCheck spec, String type) {
        if (spec.has("loadBalancerSourceRanges") && !type.equals("LoadBalancer")) {
            spec.forbidden(
                    "loadBalancerSourceRanges", "may only be used when `type` is 'LoadBalancer'");
            return;
        }
        spec.eachText(
                "loadBalancerSourceRanges",
                (range, path) -> {
                    for (String complaint : Addresses.cidr(range.trim())) {
                        spec.errors().invalid(path, range, complaint);
                    }
                });
    }
}
