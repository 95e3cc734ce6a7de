package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.server.scheduler.framework.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Why no node can take a pod. Immutable. Source of the words: pkg/scheduler/framework/types.go
 * FitError.
 *
 * @param nodes how many nodes there are
 * @param rejection what stood in the way before any node was looked at, or null
 * @param reasons how many nodes each reason keeps out
 * @param plugins who refused
 */
public record Diagnosis(
        int nodes, @Nullable Status rejection, Map<String, Integer> reasons, Set<String> plugins) {

    /** Copies the collections. */
    public Diagnosis {
        reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
        plugins = Set.copyOf(plugins);
    }

    /** All nodes are kept out by the same thing. */
    static Diagnosis rejected(int nodes, Status rejection) {
        return new Diagnosis(nodes, rejection, Map.of(), Set.of(rejection.plugin()));
    }

    /** Each node has its own reasons. */
    public static Diagnosis of(int nodes, Iterable<Status> statuses) {
        Map<String, Integer> reasons = new TreeMap<>();
        Set<String> plugins = new TreeSet<>();
        for (Status status : statuses) {
            status.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            if (!status.plugin().isEmpty()) {
                plugins.add(status.plugin());
            }
        }
        return new Diagnosis(nodes, null, reasons, plugins);
    }

    /** In Kubernetes' words. */
    public String message() {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        StringBuilder message = new StringBuilder("0/" + nodes + " nodes are available:");
        if (rejection != null) {
            message.append(' ').append(String.join(", ", rejection.reasons())).append('.');
        } else if (!reasons.isEmpty()) {
            message.append(' ').append(String.join(", ", counted())).append('.');
        }
        return message.toString();
    }

    /** Sorted as text, so 10 comes before 2. */
    private List<String> counted() {
        List<String> counted = new ArrayList<>();
        reasons.forEach((reason, count) -> counted.add(count + " " + reason));
        Collections.sort(counted);
        return counted;
    }
}
