package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Resources;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.ScorePlugin;
import org.jspecify.annotations.Nullable;

/**
 * Prefers nodes whose CPU and memory would be taken up to the same degree. Source:
 * plugins/noderesources/balanced_allocation.go.
 */
final class NodeResourcesBalancedAllocation implements ScorePlugin {

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public @Nullable NodeScorer scorer(PodInfo pod, Snapshot snapshot) {
        Resources wanted = pod.shape().requests();
        if (wanted.milliCpu() == 0 && wanted.memory() == 0) {
            return null;
        }
        return node -> {
            Resources has = node.node().allocatable();
            Resources taken = node.requested();
            if (has.milliCpu() == 0 || has.memory() == 0) {
                return NodeScorer.MAX;
            }
            double cpu = fraction(taken.milliCpu() + wanted.milliCpu(), has.milliCpu());
            double memory = fraction(taken.memory() + wanted.memory(), has.memory());
            return (long) ((1 - Math.abs(cpu - memory) / 2) * NodeScorer.MAX);
        };
    }

    private static double fraction(long taken, long capacity) {
        return Math.min(1, (double) taken / capacity);
    }
}
