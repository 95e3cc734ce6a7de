package dev.pilothouse.server.controller.tainteviction;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.controller.nodes.NodeView;
import dev.pilothouse.server.controller.nodes.PodDisposal;
import dev.pilothouse.server.controller.nodes.PodDisposal.Why;
import dev.pilothouse.server.controller.nodes.Taint;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.record.EventBroadcaster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deletes pods from nodes whose NoExecute taints they do not tolerate, or no longer. Source:
 * pkg/controller/tainteviction.
 */
public final class TaintEvictionController implements Component {

    /** Its service account. */
    public static final String NAME = "taint-eviction-controller";

    private static final Why WHY =
            new Why("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
    private static final int WORKERS = 8;

    private final Informer<NodeView> nodes;
    private final Informer<NodePod> pods;
    private final EventBroadcaster events;
    private final InstantSource clock;
    private final PodDisposal disposal;
    private final Set<NamespacedName> scheduled = ConcurrentHashMap.newKeySet();
    private final WorkQueue<NamespacedName> queue;
    private final Controller<NamespacedName> controller;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param nodes all nodes
     * @param pods all pods, with {@link NodePod#INDEXES}
     * @param events writes events as the controller; closed with it
     */
    public TaintEvictionController(
            ApiClient client,
            Informer<NodeView> nodes,
            Informer<NodePod> pods,
            EventBroadcaster events,
            Delays delays,
            InstantSource clock) {
        this.nodes = nodes;
        this.pods = pods;
        this.events = events;
        this.clock = clock;
        this.disposal = new PodDisposal(client, clock);
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        nodes.addHandler(this::nodeChanged);
        pods.addHandler(delta -> {
            NodePod pod = delta.object();
            if (scheduled.contains(pod.key()) || !taints(pod.node()).isEmpty()) {
                queue.add(pod.key());
            }
        });
        var _ = CompletableFuture.allOf(nodes.synced(), pods.synced()).thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
        events.close();
    }

    private void nodeChanged(Delta<NodeView> delta) {
        NodeView node = delta.object();
        List<Taint> now = node.taints(Taint.NO_EXECUTE);
        List<Taint> before =
                delta instanceof Delta.Updated<NodeView>(NodeView previous, _)
                        ? previous.taints(Taint.NO_EXECUTE)
                        : List.of();
        if (!now.equals(before) || (delta instanceof Delta.Deleted<NodeView>)) {
            pods.lister()
                    .byIndex(NodePod.BY_NODE, node.name())
                    .forEach(pod -> queue.add(pod.key()));
        }
    }

    private Result reconcile(NamespacedName key) {
        NodePod pod = pods.lister().get(key.namespace(), key.name());
        if (pod == null || pod.deleting() || pod.ended()) {
            scheduled.remove(key);
            return Result.DONE;
        }
        Instant now = clock.instant();
        Instant due = Evictions.due(pod, taints(pod.node()), now);
        if (due == null) {
            if (scheduled.remove(key)) {
                events.normal(
                        pod.reference(),
                        "TaintManagerEviction",
                        "Cancelling deletion of Pod " + key);
            }
            return Result.DONE;
        }
        if (due.isAfter(now)) {
            scheduled.add(key);
            return new Result.RequeueAfter(Duration.between(now, due));
        }
        scheduled.remove(key);
        events.normal(pod.reference(), "TaintManagerEviction", "Marking for deletion Pod " + key);
        disposal.delete(pod, WHY);
        return Result.DONE;
    }

    private List<Taint> taints(String name) {
        NodeView node = name.isEmpty() ? null : nodes.lister().get("", name);
        return node == null ? List.of() : node.taints(Taint.NO_EXECUTE);
    }
}
