package dev.pilothouse.server.scheduler;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.decision.DecisionLog;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.queue.SchedulingQueue;
import org.jspecify.annotations.Nullable;

/** Brings what informers tell of pods and nodes to the cache and the queue. */
final class PodEvents {

    private final String scheduler;
    private final ClusterCache cache;
    private final SchedulingQueue queue;
    private final Nominations nominations;
    private final DecisionLog decisions;

    /**
     * Between informers and these.
     *
     * @param scheduler pods that name another one are not queued
     */
    PodEvents(
            String scheduler,
            ClusterCache cache,
            SchedulingQueue queue,
            Nominations nominations,
            DecisionLog decisions) {
        this.scheduler = scheduler;
        this.cache = cache;
        this.queue = queue;
        this.nominations = nominations;
        this.decisions = decisions;
    }

    void onPod(Delta<PodInfo> delta) {
        switch (delta) {
            case Delta.Added<PodInfo>(PodInfo pod) -> put(null, pod);
            case Delta.Updated<PodInfo>(PodInfo before, PodInfo pod) -> {
                if (!before.uid().equals(pod.uid())) {
                    remove(before);
                    put(null, pod);
                } else {
                    put(before, pod);
                }
            }
            case Delta.Deleted<PodInfo>(PodInfo pod) -> remove(pod);
        }
    }

    void onNode(Delta<Node> delta) {
        switch (delta) {
            case Delta.Added<Node>(Node node) -> {
                cache.putNode(node);
                queue.happened(new ClusterEvent.NodeAdded(node));
            }
            case Delta.Updated<Node>(Node before, Node node) -> {
                cache.putNode(node);
                queue.happened(new ClusterEvent.NodeChanged(before, node));
            }
            case Delta.Deleted<Node>(Node node) -> {
                cache.removeNode(node.name());
                queue.happened(new ClusterEvent.NodeRemoved(node));
            }
        }
    }

    private void put(@Nullable PodInfo before, PodInfo pod) {
        if (pod.state() == PodInfo.State.FINISHED) {
            remove(pod);
        } else if (pod.isAssigned()) {
            queue.delete(pod.uid());
            nominations.remove(pod.uid());
            place(before, pod);
        } else if (pod.scheduler().equals(scheduler)) {
            await(before, pod);
        }
    }

    private void place(@Nullable PodInfo before, PodInfo pod) {
        switch (cache.putPod(pod)) {
            case PLACED -> queue.happened(new ClusterEvent.PodPlaced(pod));
            case CHANGED -> {
                if (before != null && !before.shape().equals(pod.shape())) {
                    queue.happened(new ClusterEvent.PodChanged(before, pod));
                }
            }
            case NONE -> {}
        }
    }

    private void await(@Nullable PodInfo before, PodInfo pod) {
        if (!pod.nominatedNode().isEmpty()) {
            nominations.put(pod, pod.nominatedNode());
        } else if (before != null && !before.nominatedNode().isEmpty()) {
            nominations.remove(pod.uid());
        }
        if (cache.isPlaced(pod.uid())) {
            // A node has been chosen; that it is written comes as another change.
            return;
        }
        if (before == null) {
            queue.add(pod);
        } else {
            queue.update(before, pod);
        }
    }

    private void remove(PodInfo pod) {
        queue.delete(pod.uid());
        decisions.forget(pod.key(), pod.uid());
        boolean nominated = !nominations.nodeOf(pod.uid()).isEmpty();
        nominations.remove(pod.uid());
        PodInfo gone = cache.removePod(pod.uid());
        if (gone != null || nominated) {
            queue.happened(new ClusterEvent.PodGone(gone == null ? pod : gone));
        }
    }
}
