package dev.pilothouse.server.scheduler;

import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.decision.Attempt;
import dev.pilothouse.server.scheduler.decision.DecisionLog;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.placement.Diagnosis;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.placement.Placement;
import dev.pilothouse.server.scheduler.placement.Placer;
import dev.pilothouse.server.scheduler.preemption.Preemption;
import dev.pilothouse.server.scheduler.preemption.Victims;
import dev.pilothouse.server.scheduler.queue.QueuedPod;
import dev.pilothouse.server.scheduler.queue.SchedulingQueue;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes pods from the queue, one after the other, chooses a node for each and has it written in the
 * background: until it is written, the pod counts on the node as if it were.
 */
final class SchedulingLoop {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulingLoop.class);

    private final SchedulingQueue queue;
    private final ClusterCache cache;
    private final Placer placer;
    private final Preemption preemption;
    private final Nominations nominations;
    private final Lister<PodInfo> pods;
    private final Binder binder;
    private final PodWriter writer;
    private final Writes writes;
    private final DecisionLog attempts;
    private final InstantSource clock;

    /** What a loop is made of. */
    record Parts(
            SchedulingQueue queue,
            ClusterCache cache,
            Placer placer,
            Preemption preemption,
            Nominations nominations,
            Lister<PodInfo> pods,
            PodWriter writer,
            Writes writes,
            DecisionLog attempts,
            InstantSource clock) {}

    SchedulingLoop(Parts parts, Binder binder) {
        this.queue = parts.queue();
        this.cache = parts.cache();
        this.placer = parts.placer();
        this.preemption = parts.preemption();
        this.nominations = parts.nominations();
        this.pods = parts.pods();
        this.writer = parts.writer();
        this.writes = parts.writes();
        this.attempts = parts.attempts();
        this.clock = parts.clock();
        this.binder = binder;
    }

    /** Runs until the queue is closed. */
    void run() {
        for (QueuedPod queued = queue.take(); queued != null; queued = queue.take()) {
            try {
                schedule(queued);
            } catch (RuntimeException e) {
                LOG.error("pod {} could not be scheduled", queued.pod().key(), e);
                failed(queued, e.toString());
            }
        }
    }

    private void schedule(QueuedPod queued) {
        PodInfo pod = queued.pod();
        if (pod.state() != PodInfo.State.ACTIVE || cache.isPlaced(pod.uid())) {
            queue.done(pod.uid());
            return;
        }
        Snapshot snapshot = cache.snapshot();
        switch (placer.place(pod, snapshot)) {
            case Placement.Found found -> found(queued, snapshot, found);
            case Placement.None none -> none(queued, snapshot, none);
        }
    }

    private void found(QueuedPod queued, Snapshot snapshot, Placement.Found found) {
        PodInfo pod = queued.pod();
        NodeInfo node = snapshot.find(found.node());
        Status reserved = node == null ? Status.SUCCESS : binder.reserve(pod, node);
        if (node == null || !reserved.isSuccess()) {
            refused(queued, Set.of(reserved.plugin()), String.join(", ", reserved.reasons()), null);
            return;
        }
        cache.assume(pod.on(found.node()));
        nominations.remove(pod.uid());
        log(queued, snapshot, found.node(), "", null);
        binder.bind(queued, node, this::failed);
    }

    private void none(QueuedPod queued, Snapshot snapshot, Placement.None none) {
        Diagnosis diagnosis = none.diagnosis();
        PodInfo pod = queued.pod();
        String message = diagnosis.message();
        String nominated = null;
        Victims victims = null;
        if (snapshot.size() > 0) {
            switch (preemption.find(pod, snapshot, none, placer.checks(pod, snapshot))) {
                case Preemption.Outcome.Room(Victims room) -> {
                    victims = room;
                    nominated = room.node().name();
                    makeRoom(pod, room);
                }
                case Preemption.Outcome.Nothing(String why, boolean hopeless) -> {
                    message += " " + why;
                    if (hopeless && !pod.nominatedNode().isEmpty()) {
                        nominations.remove(pod.uid());
                        nominated = "";
                    }
                }
            }
        }
        log(queued, snapshot, "", message, victims);
        refused(queued, diagnosis.plugins(), message, nominated);
    }

    private void log(
            QueuedPod queued,
            Snapshot snapshot,
            String node,
            String message,
            @Nullable Victims victims) {
        attempts.add(
                new Attempt(
                        queued.pod(),
                        snapshot,
                        clock.instant(),
                        queued.attempts(),
                        node,
                        message,
                        victims));
    }

    private void makeRoom(PodInfo pod, Victims victims) {
        String node = victims.node().name();
        // Pods for which room was being made there have to look for another place.
        for (PodInfo lower : nominations.after(pod, node)) {
            nominations.remove(lower.uid());
            writes.submit(() -> writer.withdraw(lower));
        }
        nominations.put(pod, node);
        for (PodInfo victim : victims.pods()) {
            if (victim.state() == PodInfo.State.ACTIVE) {
                writes.submit(() -> writer.preempt(victim, pod, node));
            }
        }
    }

    private void refused(
            QueuedPod queued, Set<String> plugins, String message, @Nullable String nominated) {
        QueuedPod latest = latest(queued);
        if (latest == null) {
            queue.done(queued.pod().uid());
            return;
        }
        queue.refused(latest, plugins);
        report(latest.pod(), PodWriter.UNSCHEDULABLE, message, nominated);
    }

    private void failed(QueuedPod queued, String message) {
        QueuedPod latest = latest(queued);
        if (latest == null) {
            queue.done(queued.pod().uid());
            return;
        }
        queue.failed(latest);
        report(latest.pod(), PodWriter.ERROR, message, null);
    }

    private void report(PodInfo pod, String reason, String message, @Nullable String nominated) {
        writer.refused(pod, message);
        writes.submit(() -> writer.mark(pod, reason, message, nominated));
    }

    /** The pod as it is now, or null when it needs no node any more. */
    private @Nullable QueuedPod latest(QueuedPod queued) {
        PodInfo pod = queued.pod();
        PodInfo latest = pods.get(pod.namespace(), pod.name());
        return latest == null
                        || !latest.uid().equals(pod.uid())
                        || latest.isAssigned()
                        || latest.state() != PodInfo.State.ACTIVE
                ? null
                : queued.with(latest);
    }
}
