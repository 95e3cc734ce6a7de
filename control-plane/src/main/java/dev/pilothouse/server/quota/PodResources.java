package dev.pilothouse.server.quota;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a whole pod requests, or is limited to: its containers and sidecars together, or its largest
 * init container beside the sidecars before it, and the overhead of its runtime. Source:
 * k8s.io/component-helpers/resource, PodRequests and PodLimits.
 */
public final class PodResources {

    private PodResources() {}

    /** What the pod requests. */
    public static Amounts requests(ObjectNode pod) {
        return sum(pod, "requests").plus(overhead(pod));
    }

    /** What the pod is limited to; overhead counts only where there is a limit. */
    public static Amounts limits(ObjectNode pod) {
        Amounts sum = sum(pod, "limits");
        return sum.plus(overhead(pod).only(sum.values().keySet()));
    }

    private static Amounts sum(ObjectNode pod, String which) {
        Amounts running = Amounts.NONE;
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            running = running.plus(of(container, which));
        }
        Amounts sidecars = Amounts.NONE;
        Amounts starting = Amounts.NONE;
        for (ObjectNode init : Json.objects(pod, "spec", "initContainers")) {
            Amounts own = of(init, which);
            if (Json.text(init, "restartPolicy").equals("Always")) {
                running = running.plus(own);
                sidecars = sidecars.plus(own);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(own.plus(sidecars));
            }
        }
        return podLevel(pod, which, running.max(starting));
    }

    /** What the pod itself says counts instead of what its containers say. */
    private static Amounts podLevel(ObjectNode pod, String which, Amounts containers) {
        Amounts own = Amounts.of(Json.at(pod, "spec", "resources", which));
        if (own.isEmpty()) {
            return containers;
        }
        Map<String, Quantity> values = new HashMap<>(containers.values());
        values.putAll(own.values());
        return new Amounts(values);
    }

    private static Amounts of(ObjectNode container, String which) {
        return Amounts.of(Json.at(container, "resources", which));
    }

    private static Amounts overhead(ObjectNode pod) {
        return Amounts.of(Json.at(pod, "spec", "overhead"));
    }
}
