package dev.pilothouse.server.controller.daemonset;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.daemonset.NodeFit.Verdict;
import dev.pilothouse.server.controller.workload.PodTrait;
import dev.pilothouse.server.controller.workload.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where the pods of a daemon set are and where they belong. Changes nothing. */
final class Placement {

    /** Those that are bound first, then the oldest first. */
    private static final Comparator<PodView> BY_AGE =
            Comparator.comparing((PodView pod) -> pod.node().isEmpty())
                    .thenComparing(PodView::created)
                    .thenComparing(PodView::name);

    private final DaemonSetState set;
    private final String hash;
    private final Instant now;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, List<PodView>> byNode = new HashMap<>();

    /**
     * What is to be done.
     *
     * @param create the nodes that need a pod
     * @param delete the pods that have to go
     */
    record Changes(List<String> create, List<PodView> delete) {}

    /**
     * Looks at all nodes.
     *
     * @param hash the hash of the present template
     */
    Placement(
            DaemonSetState set,
            String hash,
            List<NodeView> nodes,
            List<PodView> pods,
            Instant now) {
        this.set = set;
        this.hash = hash;
        this.now = now;
        NodeFit fit = new NodeFit(set.pod(hash).path("spec"));
        nodes.forEach(node -> verdicts.put(node.name(), fit.on(node)));
        pods.stream()
                .sorted(BY_AGE)
                .forEach(pod ->
                        byNode.computeIfAbsent(nodeOf(pod), _ -> new ArrayList<>()).add(pod));
    }

    /** Pods that have ended on a node where one is to run: they make way for another. */
    List<PodView> ended() {
        return verdicts.entrySet().stream()
                .filter(entry -> entry.getValue() != Verdict.AWAY)
                .flatMap(entry -> on(entry.getKey()).stream())
                .filter(pod -> pod.phase().isTerminal() && !pod.deleting())
                .toList();
    }

    /** What has to be done whatever the template: one pod on each node, and none elsewhere. */
    Changes missingAndSurplus() {
        List<String> create = new ArrayList<>();
        List<PodView> delete = new ArrayList<>();
        int surge = set.maxSurge(desired());
        verdicts.forEach((node, verdict) -> {
            List<PodView> pods = on(node);
            if (verdict == Verdict.AWAY) {
                pods.stream().filter(pod -> !pod.deleting()).forEach(delete::add);
            } else if (pods.isEmpty()) {
                if (verdict == Verdict.RUN) {
                    create.add(node);
                }
            } else {
                delete.addAll(surplus(pods, surge > 0));
            }
        });
        byNode.forEach((node, pods) -> {
            if (!verdicts.containsKey(node)) {
                // The node has gone. What is bound to it, others clear away.
                pods.stream()
                        .filter(pod -> pod.node().isEmpty() && !pod.deleting())
                        .forEach(delete::add);
            }
        });
        return new Changes(create, delete);
    }

    /** The next step from old pods to new ones. */
    Changes roll() {
        int desired = desired();
        int surge = set.maxSurge(desired);
        return surge > 0 ? rollWithSurge(surge) : rollInPlace(set.maxUnavailable(desired));
    }

    /** On how many nodes a pod has to run. */
    int desired() {
        return (int) runningNodes().count();
    }

    /** The pods that have to do with nodes that have gone are left out. */
    ObjectNode status(@Nullable Integer collisionCount) {
        int current = 0;
        int misscheduled = 0;
        int ready = 0;
        int available = 0;
        int updated = 0;
        for (Map.Entry<String, Verdict> entry : verdicts.entrySet()) {
            List<PodView> pods = on(entry.getKey());
            if (pods.isEmpty()) {
                continue;
            }
            if (entry.getValue() != Verdict.RUN) {
                misscheduled++;
                continue;
            }
            current++;
            PodView pod = pods.getFirst();
            ready += pod.isReady() ? 1 : 0;
            available += isAvailable(pod) ? 1 : 0;
            updated += set.isUpdated(pod, hash) ? 1 : 0;
        }
        int desired = desired();
        ObjectNode status = Json.object();
        status.put("currentNumberScheduled", current);
        status.put("numberMisscheduled", misscheduled);
        status.put("desiredNumberScheduled", desired);
        status.put("numberReady", ready);
        status.put("observedGeneration", set.generation());
        count(status, "updatedNumberScheduled", updated);
        count(status, "numberAvailable", available);
        count(status, "numberUnavailable", desired - available);
        if (collisionCount != null) {
            status.put("collisionCount", collisionCount);
        }
        ObjectNode old = set.status();
        if (old != null && old.hasNonNull("conditions")) {
            status.set("conditions", old.get("conditions").deepCopy());
        }
        return status;
    }

    /** The node that a pod is on, or is meant for. */
    static String nodeOf(PodView pod) {
        if (!pod.node().isEmpty()) {
            return pod.node();
        }
        return pod.trait() instanceof PodTrait.OfDaemonSet(String target) ? target : "";
    }

    private List<PodView> surplus(List<PodView> pods, boolean surge) {
        List<PodView> running = pods.stream().filter(PodView::isActive).toList();
        if (running.size() <= 1) {
            return List.of();
        }
        if (!surge) {
            return running.subList(1, running.size());
        }
        List<PodView> delete = new ArrayList<>(running);
        PodView fresh = first(running, true);
        PodView old = first(running, false);
        delete.remove(fresh);
        boolean replaced = fresh != null && old != null && (!old.isReady() || isAvailable(fresh));
        if (!replaced) {
            delete.remove(old);
        }
        return delete;
    }

    private Changes rollInPlace(int maxUnavailable) {
        int unavailable = 0;
        List<PodView> useless = new ArrayList<>();
        List<PodView> candidates = new ArrayList<>();
        for (String node : runningNodes().toList()) {
            List<PodView> pods = on(node).stream().filter(pod -> !pod.deleting()).toList();
            PodView only = pods.size() == 1 ? pods.getFirst() : null;
            if (only == null) {
                unavailable++;
            } else if (set.isUpdated(only, hash)) {
                unavailable += isAvailable(only) ? 0 : 1;
            } else if (isAvailable(only)) {
                candidates.add(only);
            } else {
                unavailable++;
                useless.add(only);
            }
        }
        List<PodView> delete = new ArrayList<>(useless);
        int left = Math.clamp(maxUnavailable - unavailable, 0, candidates.size());
        delete.addAll(candidates.subList(0, left));
        return new Changes(List.of(), delete);
    }

    private Changes rollWithSurge(int maxSurge) {
        int surging = 0;
        List<String> create = new ArrayList<>();
        List<String> candidates = new ArrayList<>();
        List<PodView> delete = new ArrayList<>();
        for (String node : runningNodes().toList()) {
            List<PodView> pods = on(node).stream().filter(pod -> !pod.deleting()).toList();
            PodView fresh = first(pods, true);
            PodView old = first(pods, false);
            if (pods.size() > 2) {
                surging++;
            } else if (old != null && fresh == null) {
                (isAvailable(old) ? candidates : create).add(node);
            } else if (old != null && fresh != null) {
                if (isAvailable(fresh)) {
                    delete.add(old);
                } else {
                    surging++;
                }
            }
        }
        int left = Math.clamp((long) maxSurge - surging, 0, candidates.size());
        create.addAll(candidates.subList(0, left));
        return new Changes(create, delete);
    }

    private @Nullable PodView first(List<PodView> pods, boolean updated) {
        for (PodView pod : pods) {
            if (set.isUpdated(pod, hash) == updated) {
                return pod;
            }
        }
        return null;
    }

    /** The hashes of the templates of all pods. */
    Set<String> hashes() {
        Set<String> hashes = new HashSet<>();
        byNode.values()
                .forEach(pods -> pods.forEach(pod -> hashes.add(pod.label(DaemonSetState.HASH))));
        return hashes;
    }

    private boolean isAvailable(PodView pod) {
        return pod.isAvailable(set.minReadySeconds(), now);
    }

    private Stream<String> runningNodes() {
        return verdicts.entrySet().stream()
                .filter(entry -> entry.getValue() == Verdict.RUN)
                .map(Map.Entry::getKey);
    }

    private List<PodView> on(String node) {
        return byNode.getOrDefault(node, List.of());
    }

    private static void count(ObjectNode status, String field, int value) {
        if (value > 0) {
            status.put(field, value);
        }
    }
}
