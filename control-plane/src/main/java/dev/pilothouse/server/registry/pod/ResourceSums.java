package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.meta.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the containers of a pod ask for together. Source: component-helpers/resource/helpers.go. */
final class ResourceSums {

    private ResourceSums() {}

    /**
     * The sum over the containers, or what an init container needs when that is more.
     *
     * @param member {@code requests} or {@code limits}
     */
    static Map<String, Quantity> of(JsonNode spec, String member) {
        Map<String, Quantity> sums = new LinkedHashMap<>();
        for (JsonNode container : spec.path("containers")) {
            add(sums, amounts(container, member));
        }
        Map<String, Quantity> sidecars = new LinkedHashMap<>();
        Map<String, Quantity> peaks = new LinkedHashMap<>();
        for (JsonNode container : spec.path("initContainers")) {
            Map<String, Quantity> own = amounts(container, member);
            if (PodSpecs.isSidecar(container)) {
                add(sums, own);
                add(sidecars, own);
                raise(peaks, sidecars);
            } else {
                add(own, sidecars);
                raise(peaks, own);
            }
        }
        raise(sums, peaks);
        return sums;
    }

    private static Map<String, Quantity> amounts(JsonNode container, String member) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        for (var entry : container.path("resources").path(member).properties()) {
            String text = entry.getValue().asString("");
            if (Quantity.isValid(text)) {
                amounts.put(entry.getKey(), Quantity.parse(text));
            }
        }
        return amounts;
    }

    private static void add(Map<String, Quantity> sums, Map<String, Quantity> amounts) {
        amounts.forEach((name, amount) -> sums.merge(name, amount, Quantity::add));
    }

    private static void raise(Map<String, Quantity> sums, Map<String, Quantity> amounts) {
        amounts.forEach(
                (name, amount) -> sums.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }
}
