package dev.pilothouse.server.controller.deployment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arithmetic of rolling: how large each replica set is to be next. Changes nothing. */
final class Rolling {

    private final DeploymentState deployment;

    Rolling(DeploymentState deployment) {
        this.deployment = deployment;
    }

    /** How large the new replica set is to be, which may have to grow a bit at a time. */
    int newSize(List<ReplicaSetState> all, int size) {
        int wanted = deployment.replicas();
        if (deployment.recreates() || size >= wanted) {
            return wanted;
        }
        int room = wanted + deployment.maxSurge() - ReplicaSetState.sumOfReplicas(all);
        return room <= 0 ? size : size + Math.min(room, wanted - size);
    }

    /**
     * The new sizes of the old replica sets that can shrink without leaving too few pods. Pods that
     * are not available go first: they are of no use to anybody.
     */
    Map<ReplicaSetState, Integer> shrunk(
            List<ReplicaSetState> all, List<ReplicaSetState> old, ReplicaSetState latest) {
        Map<ReplicaSetState, Integer> sizes = new LinkedHashMap<>();
        if (ReplicaSetState.sumOfReplicas(old) == 0) {
            return sizes;
        }
        int minAvailable = deployment.replicas() - deployment.maxUnavailable();
        int unavailable = latest.replicas() - latest.available();
        int most = ReplicaSetState.sumOfReplicas(all) - minAvailable - unavailable;
        if (most <= 0) {
            return sizes;
        }
        List<ReplicaSetState> sorted = new ArrayList<>(old);
        sorted.sort(ReplicaSetState.BY_AGE);
        int left = most;
        for (ReplicaSetState set : sorted) {
            int useless = Math.max(0, set.replicas() - set.available());
            int fewer = Math.min(left, useless);
            if (fewer > 0) {
                sizes.put(set, set.replicas() - fewer);
                left -= fewer;
            }
        }
        int surplus = ReplicaSetState.sumOfAvailable(all) - minAvailable;
        for (ReplicaSetState set : sorted) {
            int size = sizes.getOrDefault(set, set.replicas());
            int fewer = Math.min(size, surplus);
            if (fewer > 0) {
                sizes.put(set, size - fewer);
                surplus -= fewer;
            }
        }
        return sizes;
    }

    /**
     * The only replica set with pods; the latest when none has any; null when several have some.
     */
    static @Nullable ReplicaSetState onlyActiveOrLatest(
            @Nullable ReplicaSetState latest, List<ReplicaSetState> old) {
        List<ReplicaSetState> all = new ArrayList<>(old);
        if (latest != null) {
            all.add(latest);
        }
        List<ReplicaSetState> active = ReplicaSetState.active(all);
        return switch (active.size()) {
            case 0 ->
                    latest != null ? latest : old.stream().max(ReplicaSetState.BY_AGE).orElse(null);
            case 1 -> active.getFirst();
            default -> null;
        };
    }

    /** Whether a replica set has all the pods that are wanted, available. */
    boolean isSaturated(@Nullable ReplicaSetState set) {
        int wanted = deployment.replicas();
        return set != null
                && set.replicas() == wanted
                && ReplicaSetState.number(set.annotation(ReplicaSetState.DESIRED)) == wanted
                && !set.annotation(ReplicaSetState.DESIRED).isEmpty()
                && set.available() == wanted;
    }

    /**
     * The sizes of several replica sets with pods when the deployment is scaled in the middle of a
     * rollout: each gets its share, so that no state of the template bears all the risk.
     */
    Map<ReplicaSetState, Integer> proportional(List<ReplicaSetState> active) {
        int wanted = deployment.replicas();
        int allowed = wanted > 0 ? wanted + deployment.maxSurge() : 0;
        int toAdd = allowed - ReplicaSetState.sumOfReplicas(active);
        List<ReplicaSetState> sorted = new ArrayList<>(active);
        Comparator<ReplicaSetState> bySize =
                Comparator.comparing(ReplicaSetState::replicas).reversed();
        sorted.sort(
                bySize.thenComparing(
                        toAdd > 0 ? ReplicaSetState.BY_AGE.reversed() : ReplicaSetState.BY_AGE));
        Map<ReplicaSetState, Integer> sizes = new LinkedHashMap<>();
        int added = 0;
        for (ReplicaSetState set : sorted) {
            int share = toAdd == 0 ? 0 : share(set, toAdd, added);
            sizes.put(set, set.replicas() + share);
            added += share;
        }
        if (toAdd != added && !sorted.isEmpty()) {
            int leftover = toAdd - added;
            sizes.computeIfPresent(sorted.getFirst(), (_, size) -> Math.max(0, size + leftover));
        }
        return sizes;
    }

    private int share(ReplicaSetState set, int toAdd, int added) {
        if (set.replicas() == 0 || toAdd == added) {
            return 0;
        }
        int fraction = fraction(set);
        int allowed = toAdd - added;
        return toAdd > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed);
    }

    private int fraction(ReplicaSetState set) {
        if (deployment.replicas() == 0) {
            return -set.replicas();
        }
        long before = ReplicaSetState.number(set.annotation(ReplicaSetState.MAX));
        if (before == 0) {
            before = Math.max(1, DeploymentStatus.replicas(deployment));
        }
        double size =
                (double) set.replicas() * (deployment.replicas() + deployment.maxSurge()) / before;
        return (int) Math.round(size) - set.replicas();
    }
}
