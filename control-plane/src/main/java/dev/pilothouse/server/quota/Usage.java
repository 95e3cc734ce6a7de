package dev.pilothouse.server.quota;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one object counts for. Source: pkg/quota/v1/evaluator/core.
 *
 * @param amounts how much of what
 * @param traits what scopes ask of it, null for what is no pod
 */
public record Usage(Amounts amounts, @Nullable PodTraits traits) {

    /** Kinds whose count also goes by a plain name. */
    private static final Set<String> PLAIN =
            Set.of(
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "resourcequotas");

    private static final Quantity ONE = Quantity.of(1);

    /** What every object of a resource counts for by being there. */
    public static Amounts ofCount(GroupResource resource, long count) {
        Map<String, Quantity> values = new HashMap<>();
        values.put("count/" + resource, Quantity.of(count));
        if (resource.group().isEmpty() && PLAIN.contains(resource.resource())) {
            values.put(resource.resource(), Quantity.of(count));
        }
        return new Amounts(values);
    }

    /** What an object counts for beside its being there. */
    public static Usage of(GroupResource resource, ObjectNode object) {
        if (!resource.group().isEmpty()) {
            return new Usage(Amounts.NONE, null);
        }
        return switch (resource.resource()) {
            case "pods" -> new Usage(pod(object), PodTraits.of(object));
            case "services" -> new Usage(service(object), null);
            case "persistentvolumeclaims" -> new Usage(claim(object), null);
            default -> new Usage(Amounts.NONE, null);
        };
    }

    /** Ended pods use nothing. */
    private static Amounts pod(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return Amounts.NONE;
        }
        Map<String, Quantity> values = new HashMap<>();
        values.put("pods", ONE);
        PodResources.requests(pod)
                .values()
                .forEach((name, amount) -> {
                    values.put("requests." + name, amount);
                    if (isPlain(name)) {
                        values.put(name, amount);
                    }
                });
        PodResources.limits(pod)
                .values()
                .forEach((name, amount) -> values.put("limits." + name, amount));
        return new Amounts(values);
    }

    private static boolean isPlain(String name) {
        return name.equals("cpu")
                || name.equals("memory")
                || name.equals("ephemeral-storage")
                || name.startsWith("hugepages-");
    }

    private static Amounts service(ObjectNode service) {
        long ports = Json.objects(service, "spec", "ports").size();
        Map<String, Quantity> values = new HashMap<>();
        switch (Json.text(service, "spec", "type")) {
            case "NodePort" -> values.put("services.nodeports", Quantity.of(ports));
            case "LoadBalancer" -> {
                values.put("services.loadbalancers", ONE);
                values.put("services.nodeports", Quantity.of(balancerPorts(service, ports)));
            }
            default -> {
                return Amounts.NONE;
            }
        }
        return new Amounts(values);
    }

    private static long balancerPorts(ObjectNode service, long ports) {
        boolean allocates =
                !service.path("spec").has("allocateLoadBalancerNodePorts")
                        || Json.bool(service, "spec", "allocateLoadBalancerNodePorts");
        return allocates
                ? ports
                : Json.objects(service, "spec", "ports").stream()
                        .filter(port -> Json.number(port, 0, "nodePort") != 0)
                        .count();
    }

    private static Amounts claim(ObjectNode claim) {
        Map<String, Quantity> values = new HashMap<>();
        Quantity storage =
                Amounts.of(Json.at(claim, "spec", "resources", "requests"))
                        .max(Amounts.of(Json.at(claim, "status", "allocatedResources")))
                        .get("storage");
        values.put("requests.storage", storage);
        String storageClass = Json.text(claim, "spec", "storageClassName");
        if (!storageClass.isEmpty()) {
            String prefix = storageClass + ".storageclass.storage.k8s.io/";
            values.put(prefix + "requests.storage", storage);
            values.put(prefix + "persistentvolumeclaims", ONE);
        }
        return new Amounts(values);
    }
}
