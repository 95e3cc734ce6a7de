package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import java.util.List;

/** Which pods belong together by their Services and controllers. Thread-safe. */
@FunctionalInterface
public interface DefaultSelectors {

    /** Selects the pods that belong to a pod; without requirements when none do. */
    LabelSelector of(PodShape pod);

    /** How pods without constraints of their own are spread: over zones and over nodes. */
    default List<SpreadConstraint> constraints(PodShape pod) {
        LabelSelector selector = of(pod);
        return selector.isEverything()
                ? List.of()
                : List.of(
                        new SpreadConstraint(
                                3, SpreadScorer.HOSTNAME, false, selector, 1, true, false),
                        new SpreadConstraint(
                                5, "topology.kubernetes.io/zone", false, selector, 1, true, false));
    }
}
