package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of a pod's status. Source: ValidatePodStatusUpdate and the v1 conversions. */
public final class PodStatusRules {

    private PodStatusRules() {}

    /** Makes the single addresses and the lists of addresses agree; the single ones win. */
    public static void alignAddresses(ObjectNode status) {
        align(status, "podIP", "podIPs");
        align(status, "hostIP", "hostIPs");
    }

    /** Checks a changed status. */
    public static void validate(ObjectNode pod, ObjectNode old, FieldErrors errors) {
        FieldPath path = FieldPath.of("status");
        JsonNode status = pod.path("status");
        JsonNode oldStatus = old.path("status");
        PodAnnotations.validateUpdate(
                pod, old, FieldPath.of("metadata").child("annotations"), errors);
        String nominated = FieldChecks.text(status, "nominatedNodeName");
        if (!nominated.isEmpty()
                && !nominated.equals(FieldChecks.text(oldStatus, "nominatedNodeName"))) {
            FieldChecks.report(
                    Names.dnsSubdomain(nominated),
                    nominated,
                    path.child("nominatedNodeName"),
                    errors);
        }
        FieldChecks.nonNegative(status, "observedGeneration", path, errors);
        JsonNode spec = old.path("spec");
        transitions("containerStatuses", spec, "containers", status, oldStatus, errors);
        transitions("initContainerStatuses", spec, "initContainers", status, oldStatus, errors);
        addresses(status, "podIPs", path, errors);
        addresses(status, "hostIPs", path, errors);
    }

    private static void align(ObjectNode status, String single, String list) {
        String address = FieldChecks.text(status, single);
        JsonNode addresses = status.path(list);
        if (address.isEmpty()) {
            String first = FieldChecks.text(addresses.path(0), "ip");
            if (!first.isEmpty()) {
                status.put(single, first);
            }
        } else if (addresses.isEmpty()) {
            status.putArray(list).addObject().put("ip", address);
        } else if (!address.equals(FieldChecks.text(addresses.path(0), "ip"))) {
            ArrayNode aligned = status.putArray(list);
            aligned.addObject().put("ip", address);
        }
    }

    private static void addresses(
            JsonNode status, String list, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode entry : status.path(list)) {
            String address = FieldChecks.text(entry, "ip");
            FieldPath at = path.child(list).index(index++);
            if (!IpSyntax.isAddress(address)) {
                errors.invalid(
                        at.child("ip"),
                        address,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }
    }

    /** What has ended for good does not run again. */
    private static void transitions(
            String list,
            JsonNode spec,
            String containers,
            JsonNode status,
            JsonNode oldStatus,
            FieldErrors errors) {
        int index = -1;
        for (JsonNode old : oldStatus.path(list)) {
            index++;
            JsonNode ended = old.path("state").get("terminated");
            String name = FieldChecks.text(old, "name");
            if (ended == null || mayRestart(spec, containers, name, ended)) {
                continue;
            }
            JsonNode now = named(status.path(list), name);
            if (now != null && !now.path("state").has("terminated")) {
                errors.forbidden(
                        FieldPath.of("status").child(list).index(index).child("state"),
                        "may not be transitioned to non-terminated state");
            }
        }
    }

    private static boolean mayRestart(
            JsonNode spec, String containers, String name, JsonNode ended) {
        JsonNode container = named(spec.path(containers), name);
        String policy = FieldChecks.text(spec, "restartPolicy");
        if (container != null) {
            if (!container.path("restartPolicyRules").isEmpty()) {
                return true;
            }
            String own = FieldChecks.text(container, "restartPolicy");
            policy = own.isEmpty() ? policy : own;
        }
        return policy.equals("Always")
                || (policy.equals("OnFailure") && ended.path("exitCode").asInt(0) != 0);
    }

    private static @Nullable JsonNode named(JsonNode list, String name) {
        for (JsonNode element : list) {
            if (FieldChecks.text(element, "name").equals(name)) {
                return element;
            }
        }
        return null;
    }
}
