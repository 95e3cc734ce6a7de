package dev.pilothouse.server.kubelet;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.kubelet.pod.PodTree;
import dev.pilothouse.server.kubelet.pod.PodWorker;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refuses pods for which the node has no room: whoever bound them did not look. Source: the
 * kubelet's predicate admission.
 */
final class PodAdmission {

    private final Map<String, String> allocatable;
    private final EventRecorder events;

    PodAdmission(Map<String, String> allocatable, EventRecorder events) {
        this.allocatable = Map.copyOf(allocatable);
        this.events = events;
    }

    /** Ends a new pod before it begins when there is no room beside the others. */
    void check(PodWorker worker, Collection<PodWorker> others) {
        PodTree pod = worker.pod();
        boolean known = !Json.text(pod.tree(), "status", "startTime").isEmpty();
        if (known || pod.isTerminal()) {
            return;
        }
        for (String resource : new String[] {"pods", "cpu", "memory"}) {
            long capacity =
                    amount(resource, Quantity.parse(allocatable.getOrDefault(resource, "0")));
            long requested = requested(pod, resource);
            long used =
                    others.stream()
                            .map(PodWorker::pod)
                            .filter(other -> !other.isTerminal())
                            .mapToLong(other -> requested(other, resource))
                            .sum();
            if (requested > 0 && requested + used > capacity) {
                refuse(worker, resource, requested, used, capacity);
                return;
            }
        }
    }

    private void refuse(
            PodWorker worker, String resource, long requested, long used, long capacity) {
        String reason = "OutOf" + resource;
        String message =
                "Node didn't have enough resource: %s, requested: %d, used: %d, capacity: %d"
                        .formatted(resource, requested, used, capacity);
        events.warning(ObjectReference.of("v1", "Pod", worker.pod().tree()), reason, message);
        worker.end(reason, "Pod was rejected: " + message, false, 0);
    }

    /** CPU in thousandths, all else in whole units. */
    private static long amount(String resource, Quantity quantity) {
        return resource.equals("cpu") ? quantity.milliValue() : quantity.value();
    }

    private static long requested(PodTree pod, String resource) {
        if (resource.equals("pods")) {
            return 1;
        }
        long sum = 0;
        for (ObjectNode container : Json.objects(pod.tree(), "spec", "containers")) {
            sum += requested(container, resource);
        }
        long most = 0;
        for (ObjectNode container : Json.objects(pod.tree(), "spec", "initContainers")) {
            long own = requested(container, resource);
            if (Json.text(container, "restartPolicy").equals("Always")) {
                sum += own;
            } else {
                most = Math.max(most, own);
            }
        }
        String overhead = Json.text(pod.tree(), "spec", "overhead", resource);
        long extra = overhead.isEmpty() ? 0 : amount(resource, Quantity.parse(overhead));
        return Math.max(sum, most) + extra;
    }

    private static long requested(ObjectNode container, String resource) {
        String text = Json.text(container, "resources", "requests", resource);
        return text.isEmpty() ? 0 : amount(resource, Quantity.parse(text));
    }
}
