package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.manager.Parts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Plays the kubelets of all nodes that bear the label {@link Names#RUNTIME_LABEL} with the value
 * {@link Names#SIMULATED}, whoever made them. Makes the nodes asked for at the start when they are
 * not there. Costs nothing per node but its lease, and nothing per pod that has come to rest.
 */
public final class SimulatedFleet implements Component {

    private static final String BY_NODE = "node";

    private final Informer<NodeView> nodes;
    private final Informer<PodView> pods;
    private final SimulatedPods podWork;
    private final SimulatedNodes nodeWork;
    private final Leases leases;
    private final FleetEvents events;

    /** A fleet that is not started. */
    public SimulatedFleet(Parts parts, FleetOptions options) {
        FleetClients clients = new FleetClients(parts.clients());
        Shared<Workload> workloads = new Shared<>();
        Addresses nodeAddresses = new Addresses(10, 200, 1 << 18);
        this.nodes = parts.informers().views(FleetClients.NODES, NodeView::of, Map.of());
        this.pods =
                parts.informers()
                        .views(
                                FleetClients.PODS,
                                pod -> PodView.of(pod, workloads),
                                Map.of(
                                        BY_NODE,
                                        pod ->
                                                pod.node().isEmpty()
                                                        ? List.of()
                                                        : List.of(pod.node())));
        this.podWork =
                new SimulatedPods(
                        clients, nodes.lister(), pods.lister(), parts.delays(), parts.clock());
        this.events = new FleetEvents(clients, podWork::isBusy);
        podWork.tellBy(events);
        this.leases =
                new Leases(
                        clients,
                        name -> nodes.lister().get("", name),
                        this::size,
                        parts.delays(),
                        parts.clock());
        this.nodeWork =
                new SimulatedNodes(clients, nodes.lister(), nodeAddresses, leases, options, parts);
    }

    private int size() {
        return nodeWork.size();
    }

    @Override
    public void start() {
        events.start();
        leases.start();
        nodes.addHandler(delta -> {
            nodeWork.add(delta.object().name());
            if (!(delta instanceof Delta.Deleted<NodeView>) && delta.object().simulated()) {
                pods.lister().byIndex(BY_NODE, delta.object().name()).forEach(podWork::add);
            }
        });
        pods.addHandler(podWork::onDelta);
        var _ =
                CompletableFuture.allOf(nodes.synced(), pods.synced())
                        .thenRun(() -> {
                            nodeWork.start();
                            podWork.start();
                        });
    }

    @Override
    public void close() {
        podWork.close();
        nodeWork.close();
        leases.close();
        events.close();
    }
}
