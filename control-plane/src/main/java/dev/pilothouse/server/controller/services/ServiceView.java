package dev.pilothouse.server.controller.services;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.record.ObjectReference;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What endpoint controllers need to know of a Service.
 *
 * @param key its name
 * @param uid its uid
 * @param labels its labels
 * @param selector which pods are behind it; empty when others say what is behind it
 * @param ports its ports
 * @param headless whether it has no address of its own
 * @param external whether it is but an alias of a name elsewhere
 * @param publishNotReady whether pods count as ready that are not
 * @param families IPv4 and IPv6 as far as it has addresses of them
 */
public record ServiceView(
        NamespacedName key,
        String uid,
        Map<String, String> labels,
        Map<String, String> selector,
        List<ServicePort> ports,
        boolean headless,
        boolean external,
        boolean publishNotReady,
        List<String> families) {

    /** Copies the collections. */
    public ServiceView {
        labels = Map.copyOf(labels);
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
        families = List.copyOf(families);
    }

    /** Reads a Service. */
    public static ServiceView of(ObjectNode service) {
        String clusterIp = Json.text(service, "spec", "clusterIP");
        ArrayNode families = Json.arrayAt(service, "spec", "ipFamilies");
        return new ServiceView(
                NamespacedName.of(service),
                Json.text(service, "metadata", "uid"),
                Json.stringMap(service, "metadata", "labels"),
                Json.stringMap(service, "spec", "selector"),
                Json.objects(service, "spec", "ports").stream().map(ServicePort::of).toList(),
                clusterIp.isEmpty() || clusterIp.equals("None"),
                Json.text(service, "spec", "type").equals("ExternalName"),
                Json.bool(service, "spec", "publishNotReadyAddresses"),
                families == null || families.isEmpty()
                        ? families(clusterIp)
                        : families.valueStream().map(family -> family.asString("")).toList());
    }

    /** Whether the pods behind it are found by labels. */
    public boolean selectsPods() {
        return !selector.isEmpty() && !external;
    }

    /** Whether a pod with these labels is behind it. */
    boolean selects(Map<String, String> podLabels) {
        return selectsPods() && podLabels.entrySet().containsAll(selector.entrySet());
    }

    /** What events about it name. */
    public ObjectReference reference() {
        return new ObjectReference("v1", "Service", key.namespace(), key.name(), uid, "", "");
    }

    private static List<String> families(String clusterIp) {
        if (clusterIp.contains(":")) {
            return List.of("IPv6");
        }
        // A headless Service of old, which does not say, may have both.
        return clusterIp.contains(".") ? List.of("IPv4") : List.of("IPv4", "IPv6");
    }
}
