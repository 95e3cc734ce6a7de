package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the scheduler sets aside for a pod: the sum of its containers or the largest of its init
 * containers, whichever is more, and its overhead. Source: KEP-753 for init containers that go on
 * running, KEP-2837 for requests of the whole pod.
 */
final class PodRequests {

    private PodRequests() {}

    /** Whether it still takes room on its node. */
    static boolean takesRoom(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    static Map<String, Quantity> of(ObjectNode pod) {
        Map<String, Quantity> sum = new TreeMap<>();
        Map<String, Quantity> largest = new TreeMap<>();
        for (ObjectNode container : Json.objects(pod, "spec", "initContainers")) {
            Map<String, Quantity> own = requests(container);
            if (Json.text(container, "restartPolicy").equals("Always")) {
                own.forEach((name, amount) -> sum.merge(name, amount, Quantity::add));
                sum.forEach((name, amount) -> largest.merge(name, amount, PodRequests::larger));
            } else {
                own.forEach((name, amount) ->
                        largest.merge(
                                name,
                                amount.add(sum.getOrDefault(name, Quantity.ZERO)),
                                PodRequests::larger));
            }
        }
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            requests(container).forEach((name, amount) -> sum.merge(name, amount, Quantity::add));
        }
        largest.forEach((name, amount) -> sum.merge(name, amount, PodRequests::larger));
        sum.putAll(quantities(Json.stringMap(pod, "spec", "resources", "requests")));
        quantities(Json.stringMap(pod, "spec", "overhead"))
                .forEach((name, amount) -> sum.merge(name, amount, Quantity::add));
        return sum;
    }

    private static Map<String, Quantity> requests(ObjectNode container) {
        return quantities(Json.stringMap(container, "resources", "requests"));
    }

    private static Map<String, Quantity> quantities(Map<String, String> texts) {
        Map<String, Quantity> quantities = new TreeMap<>();
        texts.forEach((name, text) -> {
            if (Quantity.isValid(text)) {
                quantities.put(name, Quantity.parse(text));
            }
        });
        return quantities;
    }

    private static Quantity larger(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** What a PodMetrics or NodeMetrics says is used; zero when it says nothing. */
    static Quantity used(ObjectNode metrics, String resource) {
        Quantity sum = Quantity.ZERO;
        List<ObjectNode> parts =
                metrics.has("containers") ? Json.objects(metrics, "containers") : List.of(metrics);
        for (ObjectNode part : parts) {
            String text = Json.text(part, "usage", resource);
            if (Quantity.isValid(text)) {
                sum = sum.add(Quantity.parse(text));
            }
        }
        return sum;
    }
}
