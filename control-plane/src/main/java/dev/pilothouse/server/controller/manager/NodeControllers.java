package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.disruption.DisruptionController;
import dev.pilothouse.server.controller.nodelifecycle.LeaseView;
import dev.pilothouse.server.controller.nodelifecycle.NodeLifecycleController;
import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.controller.nodes.NodeView;
import dev.pilothouse.server.controller.podgc.PodGarbageCollector;
import dev.pilothouse.server.controller.tainteviction.TaintEvictionController;
import java.util.List;
import java.util.Map;

/**
 * The controllers of nodes and of what becomes of their pods; they share what they know of both.
 */
final class NodeControllers {

    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    private NodeControllers() {}

    static Component of(Parts parts) {
        InformerFactory informers = parts.informers();
        Informer<NodeView> nodes = informers.views(NODES, NodeView::of, Map.of());
        Informer<NodePod> pods = informers.views(PODS, NodePod::of, NodePod.INDEXES);
        ApiClient lifecycle = parts.client(NodeLifecycleController.NAME);
        ApiClient eviction = parts.client(TaintEvictionController.NAME);
        return new Together(
                List.of(
                        new NodeLifecycleController(
                                lifecycle,
                                nodes,
                                pods,
                                informers.views(LeaseView.LEASES, LeaseView::of, Map.of()),
                                parts.events(lifecycle, NodeLifecycleController.NAME, ""),
                                parts.delays(),
                                parts.clock()),
                        new TaintEvictionController(
                                eviction,
                                nodes,
                                pods,
                                parts.events(eviction, TaintEvictionController.NAME, ""),
                                parts.delays(),
                                parts.clock()),
                        new PodGarbageCollector(
                                parts.client(PodGarbageCollector.NAME),
                                nodes,
                                pods,
                                PodGarbageCollector.DEFAULT_THRESHOLD,
                                parts.delays(),
                                parts.clock())));
    }

    static Component disruption(Parts parts) {
        ApiClient client = parts.client(DisruptionController.NAME);
        return new DisruptionController(
                client,
                parts.kinds(),
                parts.informers(),
                parts.events(client, DisruptionController.EVENT_SOURCE, ""),
                parts.delays(),
                parts.clock());
    }
}
