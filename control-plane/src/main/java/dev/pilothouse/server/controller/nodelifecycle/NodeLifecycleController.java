package dev.pilothouse.server.controller.nodelifecycle;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.controller.nodes.NodeView;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.record.EventBroadcaster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.ObjectNode;

/**
 * Watches over nodes: one that is silent for too long becomes Unknown, its pods not ready, and it
 * is tainted so that they are evicted; other conditions taint it as well. Each node has one
 * time-out that is looked at when it ends, not at every heartbeat. Source:
 * pkg/controller/nodelifecycle.
 */
public final class NodeLifecycleController implements Component {

    /** Its service account. */
    public static final String NAME = "node-controller";

    /** How long a node may be silent: --node-monitor-grace-period. */
    static final Duration GRACE = Duration.ofSeconds(50);

    /** How long a new node may be silent: --node-startup-grace-period. */
    static final Duration STARTUP_GRACE = Duration.ofMinutes(1);

    private static final int WORKERS = 8;

    private final Informer<NodeView> nodes;
    private final Informer<NodePod> pods;
    private final Informer<LeaseView> leases;
    private final EventBroadcaster events;
    private final InstantSource clock;
    private final NodeWrites writes;
    private final ResourceClient leaseClient;
    private final Heartbeats heartbeats;
    private final Zones zones = new Zones();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean allLost = new AtomicBoolean();
    private final WorkQueue<String> queue;
    private final Controller<String> controller;

    /**
     * A controller that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param nodes all nodes
     * @param pods all pods, with {@link NodePod#INDEXES}
     * @param leases all leases
     * @param events writes events as the controller; closed with it
     */
    public NodeLifecycleController(
            ApiClient client,
            Informer<NodeView> nodes,
            Informer<NodePod> pods,
            Informer<LeaseView> leases,
            EventBroadcaster events,
            Delays delays,
            InstantSource clock) {
        this.nodes = nodes;
        this.pods = pods;
        this.leases = leases;
        this.events = events;
        this.clock = clock;
        this.writes = new NodeWrites(client);
        this.leaseClient = client.resource(LeaseView.LEASES);
        this.heartbeats = new Heartbeats(clock);
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        leases.addHandler(delta -> {
            if (delta.object().isNodes() && !(delta instanceof Delta.Deleted<LeaseView>)) {
                heartbeats.renewed(delta.object().name(), delta.object().renewed());
            }
        });
        nodes.addHandler(this::changed);
        var _ =
                CompletableFuture.allOf(nodes.synced(), pods.synced(), leases.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
        events.close();
    }

    private void changed(Delta<NodeView> delta) {
        NodeView node = delta.object();
        boolean shifted =
                switch (delta) {
                    case Delta.Added<NodeView> _ -> {
                        heartbeats.known(node.name());
                        if (nodes.hasSynced()) {
                            tell(node, "RegisteredNode", "Registered Node %s in Controller");
                        }
                        yield zones.put(node.name(), node.zone(), isReady(node));
                    }
                    case Delta.Updated<NodeView>(NodeView before, _) -> {
                        if (!before.heartbeat().equals(node.heartbeat())) {
                            heartbeats.heard(node.name());
                        }
                        if (isReady(before) && !isReady(node)) {
                            events.normal(
                                    node.reference(),
                                    "NodeNotReady",
                                    "Node " + node.name() + " status is now: NodeNotReady");
                        }
                        yield zones.put(node.name(), node.zone(), isReady(node));
                    }
                    case Delta.Deleted<NodeView> _ -> {
                        heartbeats.forget(node.name());
                        waiting.remove(node.name());
                        tell(node, "RemovingNode", "Removing Node %s from Controller");
                        yield zones.remove(node.name());
                    }
                };
        queue.add(node.name());
        if (shifted) {
            disrupted();
        }
    }

    /** A zone has got better or worse. */
    private void disrupted() {
        boolean lost = zones.allLost();
        if (allLost.getAndSet(lost) != lost) {
            if (!lost) {
                heartbeats.reset();
            }
            nodes.lister().all().forEach(node -> queue.add(node.name()));
        } else {
            waiting.forEach(queue::add);
        }
    }

    private Result reconcile(String name) {
        NodeView node = nodes.lister().get("", name);
        if (node == null) {
            return Result.DONE;
        }
        Duration left = heartbeats.left(node);
        if (!left.isPositive() && !node.ready().equals("Unknown") && wasRenewed(name)) {
            left = heartbeats.left(node);
        }
        if (!left.isPositive() && !node.ready().equals("Unknown")) {
            NodeView marked = writes.markUnknown(node, clock.instant());
            if (marked == null) {
                return Result.DONE;
            }
            node = marked;
        }
        if (!isReady(node)) {
            lost(node);
        }
        Duration next = taint(node);
        return again(node, left, next);
    }

    /**
     * Whether the node has renewed its lease and we have not been told yet. When this machine is
     * overloaded, it is us who are late, and all nodes would seem to be lost at once.
     */
    private boolean wasRenewed(String name) {
        try {
            ObjectNode lease = leaseClient.get(LeaseView.NAMESPACE, name);
            return heartbeats.renewed(name, LeaseView.of(lease).renewed());
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Looks again when the node may be silent no longer, or evicting may begin. */
    private static Result again(NodeView node, Duration left, Duration next) {
        Duration first = next;
        if (left.isPositive() && (first.isZero() || left.compareTo(first) < 0)) {
            first = left;
        }
        if (first.isZero() && !node.ready().equals("Unknown")) {
            first = GRACE;
        }
        return first.isZero() ? Result.DONE : new Result.RequeueAfter(first);
    }

    /** The node is not ready, so nothing on it is. */
    private void lost(NodeView node) {
        if (node.ready().isEmpty()) {
            return;
        }
        for (NodePod pod : pods.lister().byIndex(NodePod.BY_NODE, node.name())) {
            if (pod.ready() && !pod.ended()) {
                events.warning(pod.reference(), "NodeNotReady", "Node is not ready");
                writes.markNotReady(pod, clock.instant());
            }
        }
    }

    /** Brings the taints in order; returns when to look again, zero for not before a change. */
    private Duration taint(NodeView node) {
        Instant now = clock.instant();
        Duration wait = Duration.ZERO;
        boolean evicts = false;
        if (zones.allLost()) {
            // More likely the network is lost than all nodes at once.
            waiting.add(node.name());
            if (!NodeTaints.withoutEvictions(node, Conditions.time(now)).equals(node.taints())) {
                writes.taint(
                        node.name(),
                        view -> NodeTaints.withoutEvictions(view, Conditions.time(now)));
            }
            return Duration.ZERO;
        }
        if (NodeTaints.wantsEviction(node)) {
            Duration until = zones.evict(node.zone(), now);
            evicts = until != null && until.isZero();
            if (evicts) {
                waiting.remove(node.name());
            } else {
                waiting.add(node.name());
                wait = until == null ? Duration.ZERO : until;
            }
        } else {
            waiting.remove(node.name());
        }
        boolean may = evicts;
        if (!NodeTaints.of(node, may, Conditions.time(now)).equals(node.taints())) {
            writes.taint(node.name(), view -> NodeTaints.of(view, may, Conditions.time(now)));
        }
        return wait;
    }

    private void tell(NodeView node, String reason, String what) {
        events.normal(
                node.reference(),
                reason,
                "Node " + node.name() + " event: " + what.formatted(node.name()));
    }

    private static boolean isReady(NodeView node) {
        return node.ready().equals("True");
    }
}
