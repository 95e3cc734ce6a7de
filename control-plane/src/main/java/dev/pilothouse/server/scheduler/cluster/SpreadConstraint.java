package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.selector.LabelSelector;
import org.jspecify.annotations.Nullable;

/**
 * How evenly pods are to be spread.
 *
 * @param maxSkew how much fuller one domain may be than the emptiest
 * @param topologyKey the node label whose values are the domains
 * @param hard whether a pod waits rather than making the skew larger
 * @param selector which pods are counted; null counts none
 * @param minDomains domains below which the emptiest counts as empty
 * @param honorAffinity whether nodes that the pod's node rules exclude are left out
 * @param honorTaints whether nodes with taints that the pod does not tolerate are left out
 */
public record SpreadConstraint(
        int maxSkew,
        String topologyKey,
        boolean hard,
        @Nullable LabelSelector selector,
        int minDomains,
        boolean honorAffinity,
        boolean honorTaints) {

    /** Whether a pod is counted. */
    public boolean counts(PodShape pod) {
        return selector != null && selector.matches(pod.labels()::get);
    }
}
