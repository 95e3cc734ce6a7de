package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.controller.objects.PodState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A pod of a scaled workload. Wraps a tree that nobody changes. */
record ScaledPod(ObjectNode pod) {

    /** A pod may use more than usual for so long after it has begun. */
    private static final Duration CPU_INITIALIZATION = Duration.ofMinutes(5);

    /** A pod that has not been ready for so long after it has begun has never been ready. */
    private static final Duration INITIAL_READINESS = Duration.ofSeconds(30);

    String name() {
        return Json.text(pod, "metadata", "name");
    }

    /** Whether it does not count at all. */
    boolean isIgnored() {
        return PodState.isDeleting(pod) || Json.text(pod, "status", "phase").equals("Failed");
    }

    boolean isPending() {
        return Json.text(pod, "status", "phase").equals("Pending");
    }

    /** Whether what it uses of the cpu says nothing yet. */
    boolean isStarting(Sample sample, Instant now) {
        ObjectNode ready = Conditions.find(pod, "Ready");
        String start = Json.text(pod, "status", "startTime");
        if (ready == null || start.isEmpty()) {
            return true;
        }
        boolean unready = Json.text(ready, "status").equals("False");
        Instant started = Instant.parse(start);
        String transition = Json.text(ready, "lastTransitionTime");
        Instant changed = transition.isEmpty() ? started : Instant.parse(transition);
        if (started.plus(CPU_INITIALIZATION).isAfter(now)) {
            return unready || sample.at().isBefore(changed.plus(sample.window()));
        }
        return unready && started.plus(INITIAL_READINESS).isAfter(changed);
    }

    /**
     * What it requests of a resource, in thousandths.
     *
     * @param container only of this container, empty for the whole pod
     */
    long request(String resource, String container) throws MetricException {
        String ofPod = Json.text(pod, "spec", "resources", "requests", resource);
        if (!ofPod.isEmpty() && container.isEmpty()) {
            return Quantity.parse(ofPod).milliValue();
        }
        List<ObjectNode> containers = new ArrayList<>(Json.objects(pod, "spec", "containers"));
        Json.objects(pod, "spec", "initContainers").stream()
                .filter(init -> Json.text(init, "restartPolicy").equals("Always"))
                .forEach(containers::add);
        long sum = 0;
        for (ObjectNode candidate : containers) {
            String name = Json.text(candidate, "name");
            if (!container.isEmpty() && !container.equals(name)) {
                continue;
            }
            String request = request(candidate, resource);
            if (request == null) {
                throw new MetricException(
                        "missing request for %s in container %s of Pod %s"
                                .formatted(resource, name, name()));
            }
            sum += Quantity.parse(request).milliValue();
        }
        return sum;
    }

    private static @Nullable String request(ObjectNode container, String resource) {
        String text = Json.text(container, "resources", "requests", resource);
        return text.isEmpty() ? null : text;
    }
}
