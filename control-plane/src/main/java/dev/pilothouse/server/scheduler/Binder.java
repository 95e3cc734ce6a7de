package dev.pilothouse.server.scheduler;

import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.framework.BindPlugin;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.queue.QueuedPod;
import dev.pilothouse.server.scheduler.queue.SchedulingQueue;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that pods come to the nodes that were chosen for them. Thread-safe. */
final class Binder {

    private static final Logger LOG = LoggerFactory.getLogger(Binder.class);

    private final List<BindPlugin> plugins;
    private final ClusterCache cache;
    private final SchedulingQueue queue;
    private final PodWriter writer;
    private final Writes writes;

    Binder(
            Profile profile,
            ClusterCache cache,
            SchedulingQueue queue,
            PodWriter writer,
            Writes writes) {
        this.plugins = profile.binds();
        this.cache = cache;
        this.queue = queue;
        this.writer = writer;
        this.writes = writes;
    }

    /** Sets aside what a pod needs on a node; nothing is when it is refused. */
    Status reserve(PodInfo pod, NodeInfo node) {
        for (BindPlugin plugin : plugins) {
            Status status = plugin.concerns(pod) ? plugin.reserve(pod, node) : Status.SUCCESS;
            if (!status.isSuccess()) {
                plugins.forEach(each -> each.unreserve(pod));
                return status;
            }
        }
        return Status.SUCCESS;
    }

    /**
     * Binds a pod, for which everything is reserved and which counts on the node, in the
     * background.
     *
     * @param failed is told why it did not work
     */
    void bind(QueuedPod queued, NodeInfo node, BiConsumer<QueuedPod, String> failed) {
        Thread.ofVirtual()
                .name("scheduler-bind")
                .start(() -> {
                    try {
                        String problem = prepare(queued.pod(), node);
                        if (problem.isEmpty()) {
                            writes.run(() -> write(queued, node, failed));
                        } else {
                            undo(queued, node);
                            failed.accept(queued, problem);
                        }
                    } catch (RuntimeException e) {
                        LOG.error("pod {} could not be bound", queued.pod().key(), e);
                        undo(queued, node);
                        failed.accept(queued, e.toString());
                    }
                });
    }

    private String prepare(PodInfo pod, NodeInfo node) {
        for (BindPlugin plugin : plugins) {
            if (!plugin.concerns(pod)) {
                continue;
            }
            try {
                Status status = plugin.preBind(pod, node);
                if (!status.isSuccess()) {
                    return "running PreBind plugin \""
                            + plugin.name()
                            + "\": "
                            + String.join(", ", status.reasons());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }
        return "";
    }

    private void write(QueuedPod queued, NodeInfo node, BiConsumer<QueuedPod, String> failed) {
        PodInfo pod = queued.pod();
        try {
            writer.bind(pod, node.name());
            queue.done(pod.uid());
            release(pod);
            writer.scheduled(pod, node.name());
        } catch (ApiException e) {
            undo(queued, node);
            if (e.reason() == StatusReason.NOT_FOUND) {
                queue.done(pod.uid());
            } else {
                failed.accept(queued, "binding rejected: " + e.getMessage());
            }
        } catch (TransportException e) {
            undo(queued, node);
            failed.accept(queued, "binding rejected: " + e.getMessage());
        }
    }

    private void undo(QueuedPod queued, NodeInfo node) {
        PodInfo pod = queued.pod();
        release(pod);
        if (cache.forget(pod)) {
            queue.happened(new ClusterEvent.PodGone(pod.on(node.name())));
        }
    }

    private void release(PodInfo pod) {
        for (BindPlugin plugin : plugins) {
            if (plugin.concerns(pod)) {
                plugin.unreserve(pod);
            }
        }
    }
}
