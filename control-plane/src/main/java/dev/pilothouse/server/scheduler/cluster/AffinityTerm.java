package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.selector.LabelSelector;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Near or away from which pods a pod wants to be.
 *
 * @param selector which pods; null selects none
 * @param namespaces where they are looked for by name
 * @param namespaceSelector where they are looked for by label; null for nowhere more
 * @param topologyKey the node label that says what near means
 * @param weight of a preferred term, 0 for a required one
 */
public record AffinityTerm(
        @Nullable LabelSelector selector,
        Set<String> namespaces,
        @Nullable LabelSelector namespaceSelector,
        String topologyKey,
        int weight) {

    /** Copies the set. */
    public AffinityTerm {
        namespaces = Set.copyOf(namespaces);
    }

    /**
     * Whether a pod is one of those meant.
     *
     * @param namespaceLabels the labels of a namespace by its name
     */
    public boolean matches(PodShape pod, Function<String, Map<String, String>> namespaceLabels) {
        if (selector == null || !selector.matches(pod.labels()::get)) {
            return false;
        }
        return namespaces.contains(pod.namespace())
                || (namespaceSelector != null
                        && namespaceSelector.matches(namespaceLabels.apply(pod.namespace())::get));
    }
}
