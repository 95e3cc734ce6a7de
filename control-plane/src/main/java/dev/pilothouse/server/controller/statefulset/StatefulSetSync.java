package dev.pilothouse.server.controller.statefulset;

import dev.pilothouse.server.controller.revision.Revision;
import dev.pilothouse.server.controller.workload.Batches;
import dev.pilothouse.server.controller.workload.PodPhase;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to bring the pods of a stateful set where they should be: first the wanted ones are
 * made, then those beyond are deleted from the last on, then old ones make way for new ones. In
 * order, each step waits until the pods of the step before are available. For one thread.
 */
final class StatefulSetSync {

    private final StatefulPods control;
    private final VolumeClaims claims;
    private final EventRecorder events;
    private final StatefulSetState set;
    private final ObjectReference about;
    private final Revision current;
    private final Revision update;
    private final Instant now;
    private final Map<Integer, PodView> wanted = new TreeMap<>();
    private final List<PodView> condemned = new ArrayList<>();

    /**
     * An attempt.
     *
     * @param current the revision that pods had before
     * @param update the revision that pods are to have
     * @param pods the set's pods
     */
    StatefulSetSync(
            StatefulPods control,
            VolumeClaims claims,
            EventRecorder events,
            StatefulSetState set,
            ObjectReference about,
            Revision current,
            Revision update,
            List<PodView> pods,
            Instant now) {
        this.control = control;
        this.claims = claims;
        this.events = events;
        this.set = set;
        this.about = about;
        this.current = current;
        this.update = update;
        this.now = now;
        for (PodView pod : pods) {
            int ordinal = set.ordinal(pod.name());
            if (set.wants(ordinal)) {
                wanted.put(ordinal, pod);
            } else if (ordinal >= 0) {
                condemned.add(pod);
            }
        }
        condemned.sort(
                Comparator.comparingInt((PodView pod) -> set.ordinal(pod.name())).reversed());
    }

    /** Does what can be done now. */
    void run() {
        if (makeWanted() || deleteCondemned() || !set.rolls()) {
            return;
        }
        roll();
    }

    /** Whether a pod runs and has been ready for long enough. */
    boolean isAvailable(PodView pod) {
        return isRunningAndReady(pod) && pod.isAvailable(set.minReadySeconds(), now);
    }

    static boolean isRunningAndReady(PodView pod) {
        return pod.phase() == PodPhase.RUNNING && pod.isReady();
    }

    /** Returns whether to wait before the next step. */
    private boolean makeWanted() {
        int first = set.start();
        if (set.ordered()) {
            for (int ordinal = first; ordinal < first + set.replicas(); ordinal++) {
                if (makeOne(ordinal)) {
                    return true;
                }
            }
            return false;
        }
        Batches.slowStart(set.replicas(), i -> makeOne(first + i)).rethrow();
        return false;
    }

    /** Sees to one pod. Returns whether to wait for it. */
    private boolean makeOne(int ordinal) {
        PodView pod = wanted.get(ordinal);
        if (pod == null) {
            control.create(set, revisionOf(ordinal), ordinal, about);
            return set.ordered();
        }
        if (pod.phase().isTerminal()) {
            recreate(pod);
            return true;
        }
        if (pod.deleting()) {
            return set.ordered();
        }
        if (pod.phase() == PodPhase.PENDING) {
            claims.create(set, ordinal, about);
        }
        if (set.ordered() && !isAvailable(pod)) {
            return true;
        }
        control.correct(set, pod, ordinal, about);
        return false;
    }

    private void recreate(PodView pod) {
        if (pod.deleting()) {
            return;
        }
        String which = "StatefulSet " + set.namespace() + "/" + set.name() + " is recreating ";
        if (pod.phase() == PodPhase.FAILED) {
            events.warning(about, "RecreatingFailedPod", which + "failed Pod " + pod.name());
        } else {
            events.normal(about, "RecreatingTerminatedPod", which + "terminated Pod " + pod.name());
        }
        control.delete(set, pod, about);
    }

    /** Pods below the partition keep the old template. */
    private Revision revisionOf(int ordinal) {
        return set.rolls() && ordinal < set.start() + set.partition() ? current : update;
    }

    /** Returns whether to wait before the next step. */
    private boolean deleteCondemned() {
        for (PodView pod : condemned) {
            claims.retain(set, set.ordinal(pod.name()), pod);
        }
        PodView firstUnhealthy = firstUnhealthy();
        for (PodView pod : condemned) {
            if (pod.deleting()) {
                if (set.ordered()) {
                    return true;
                }
                continue;
            }
            if (set.ordered() && !isAvailable(pod) && !pod.equals(firstUnhealthy)) {
                return true;
            }
            control.delete(set, pod, about);
            if (set.ordered()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable PodView firstUnhealthy() {
        List<PodView> all = new ArrayList<>(wanted.values());
        all.addAll(condemned);
        return all.stream()
                .filter(pod -> !isRunningAndReady(pod) || pod.deleting())
                .min(Comparator.comparingInt(pod -> set.ordinal(pod.name())))
                .orElse(null);
    }

    private void roll() {
        long unavailable = set.replicas() - wanted.size();
        for (PodView pod : wanted.values()) {
            unavailable += isAvailable(pod) && !pod.deleting() ? 0 : 1;
        }
        long left = set.maxUnavailable() - unavailable;
        int lowest = set.start() + set.partition();
        for (int ordinal = set.start() + set.replicas() - 1; ordinal >= lowest; ordinal--) {
            PodView pod = wanted.get(ordinal);
            if (pod == null
                    || pod.deleting()
                    || pod.label(StatefulPods.REVISION).equals(update.name())) {
                continue;
            }
            // An old pod that is of no use may go in any case: it is counted already.
            boolean free = !isAvailable(pod);
            if (free || left > 0) {
                control.delete(set, pod, about);
                left -= free ? 0 : 1;
            }
        }
    }

    /** How many pods have the label of a revision, those that are going left out. */
    int countOf(Revision revision) {
        int count = 0;
        for (PodView pod : pods()) {
            count +=
                    !pod.deleting() && pod.label(StatefulPods.REVISION).equals(revision.name())
                            ? 1
                            : 0;
        }
        return count;
    }

    /** All pods of the set. */
    List<PodView> pods() {
        List<PodView> all = new ArrayList<>(wanted.values());
        all.addAll(condemned);
        return all;
    }
}
