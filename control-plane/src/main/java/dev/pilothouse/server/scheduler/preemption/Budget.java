package dev.pilothouse.server.scheduler.preemption;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Selectors;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A PodDisruptionBudget as the scheduler sees it. Immutable.
 *
 * @param namespace where it lives
 * @param name its name
 * @param selector which pods it protects; null for none
 * @param allowed how many of them may go now
 * @param disrupted names of pods that are going and have been counted
 */
public record Budget(
        String namespace,
        String name,
        @Nullable LabelSelector selector,
        int allowed,
        Set<String> disrupted) {

    /** Copies the set. */
    public Budget {
        disrupted = Set.copyOf(disrupted);
    }

    /** Reads a PodDisruptionBudget. */
    public static Budget read(ObjectNode budget) {
        ObjectNode disrupted = Json.objectAt(budget, "status", "disruptedPods");
        return new Budget(
                Json.text(budget, "metadata", "namespace"),
                Json.text(budget, "metadata", "name"),
                Selectors.labels(Json.at(budget, "spec", "selector")),
                (int) Json.number(budget, 0, "status", "disruptionsAllowed"),
                disrupted == null ? Set.of() : Set.copyOf(disrupted.propertyNames()));
    }

    /** Whether it protects a pod. */
    public boolean protects(PodInfo pod) {
        return namespace.equals(pod.namespace())
                && selector != null
                && !selector.isEverything()
                && selector.matches(pod.shape().labels()::get)
                && !disrupted.contains(pod.name());
    }
}
