package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which plug-ins are asked, in which order.
 *
 * @param gates keep pods out of the queue
 * @param filters refuse nodes
 * @param scores rate nodes
 * @param binds take part in binding
 */
public record Profile(
        List<PreEnqueuePlugin> gates,
        List<FilterPlugin> filters,
        List<WeightedScore> scores,
        List<BindPlugin> binds) {

    /**
     * A plug-in that rates nodes.
     *
     * @param plugin rates
     * @param weight how much its rating counts
     */
    public record WeightedScore(ScorePlugin plugin, int weight) {}

    /** Copies the lists. */
    public Profile {
        gates = List.copyOf(gates);
        filters = List.copyOf(filters);
        scores = List.copyOf(scores);
        binds = List.copyOf(binds);
    }

    /** Whether one of the plug-ins of these names says that an event may help a pod. */
    public boolean mayHelp(Set<String> names, PodInfo refused, ClusterEvent event) {
        for (Plugin plugin : all()) {
            if (names.contains(plugin.name()) && plugin.mayHelp(refused, event)) {
                return true;
            }
        }
        return false;
    }

    private List<Plugin> all() {
        Map<String, Plugin> all = new LinkedHashMap<>();
        gates.forEach(plugin -> all.put(plugin.name(), plugin));
        filters.forEach(plugin -> all.put(plugin.name(), plugin));
        binds.forEach(plugin -> all.putIfAbsent(plugin.name(), plugin));
        return new ArrayList<>(all.values());
    }
}
