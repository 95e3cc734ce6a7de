package dev.pilothouse.server.scheduler.preemption;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.placement.Checks;
import dev.pilothouse.server.scheduler.placement.Nominations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fewest and least important pods that have to go from one node: all of lower priority
 * are taken away, and one after the other, the most important first, comes back if the pod still
 * fits. Source: SelectVictimsOnNode. For one use.
 */
final class VictimSearch {

    private final PodInfo pod;
    private final Checks checks;
    private final Nominations nominations;
    private final Function<String, List<PodInfo>> latestOn;
    private final List<Budget> budgets;
    private final NodeInfo whole;
    private NodeInfo node;
    private Status refusal = Status.SUCCESS;

    VictimSearch(
            PodInfo pod,
            NodeInfo node,
            Checks checks,
            Nominations nominations,
            Function<String, List<PodInfo>> latestOn,
            List<Budget> budgets) {
        this.pod = pod;
        this.whole = node;
        this.node = node;
        this.checks = checks.copy();
        this.nominations = nominations;
        this.latestOn = latestOn;
        this.budgets = budgets;
    }

    /** The victims, or null when the pod would not fit even without all of lower priority. */
    @Nullable Victims run() {
        List<PodInfo> lower = new ArrayList<>();
        Map<String, PodInfo> latest = new HashMap<>();
        latestOn.apply(whole.name()).forEach(seen -> latest.put(seen.uid(), seen));
        for (PodInfo other : whole.pods()) {
            if (other.priority() < pod.priority()) {
                lower.add(latest.getOrDefault(other.uid(), other));
            }
        }
        lower.forEach(this::take);
        refusal = checks.check(pod, node, nominations);
        if (!refusal.isSuccess()) {
            return null;
        }
        lower.sort(Victims.MOST_IMPORTANT_FIRST);
        List<PodInfo> protectedPods = new ArrayList<>();
        List<PodInfo> others = new ArrayList<>();
        split(lower, protectedPods, others);
        List<PodInfo> victims = new ArrayList<>();
        protectedPods.forEach(each -> spare(each, victims));
        int violations = victims.size();
        others.forEach(each -> spare(each, victims));
        if (victims.isEmpty()) {
            refusal = Preemption.NO_VICTIMS;
            return null;
        }
        victims.sort(Victims.MOST_IMPORTANT_FIRST);
        return new Victims(whole, victims, violations);
    }

    /** Why there is no use in taking pods away. */
    Status refusal() {
        return refusal;
    }

    private void spare(PodInfo other, List<PodInfo> victims) {
        node = node.with(other);
        checks.podAdded(other, node);
        if (!checks.check(pod, node, nominations).isSuccess()) {
            take(other);
            victims.add(other);
        }
    }

    private void take(PodInfo other) {
        node = node.without(other.uid());
        checks.podRemoved(other, node);
    }

    /** Each budget lets only so many go. Source: filterPodsWithPDBViolation. */
    private void split(List<PodInfo> pods, List<PodInfo> protectedPods, List<PodInfo> others) {
        int[] allowed = budgets.stream().mapToInt(Budget::allowed).toArray();
        for (PodInfo each : pods) {
            boolean violated = false;
            for (int i = 0; i < allowed.length; i++) {
                if (budgets.get(i).protects(each)) {
                    violated |= --allowed[i] < 0;
                }
            }
            (violated ? protectedPods : others).add(each);
        }
    }
}
