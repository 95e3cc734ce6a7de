package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.manager.Parts;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet.Match;
import dev.pilothouse.server.node.NodeAgents;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the kubelets of all nodes that bear the label {@link Names#RUNTIME_LABEL} with the value
 * {@link Names#SIMULATED}, whoever made them. Makes the nodes asked for at the start when they are
 * not there. Costs nothing per node but its lease, and nothing per pod that has come to rest.
 */
public final class SimulatedFleet implements Component {

    private static final String BY_NODE = "node";
    private static final String BY_OWNER = "owner";

    private final Late<StageSet> stages;
    private final Informer<NodeView> nodes;
    private final Informer<PodView> pods;
    private final SimulatedPods podWork;
    private final SimulatedNodes nodeWork;
    private final Leases leases;
    private final FleetEvents events;

    /** A fleet that is not started. */
    public SimulatedFleet(Parts parts, NodeAgents agents, FleetOptions options) {
        this.stages = new Late<>(options.stages());
        FleetClients clients = new FleetClients(parts.clients());
        UsageModel usage = new UsageModel();
        Shared<Workload> workloads = new Shared<>();
        Addresses nodeAddresses = new Addresses(10, 200, 1 << 18);
        this.nodes =
                parts.informers()
                        .views(
                                FleetClients.NODES,
                                node -> NodeView.of(node, object -> stage("Node", object)),
                                Map.of());
        this.pods =
                parts.informers()
                        .views(
                                FleetClients.PODS,
                                pod -> PodView.of(pod, workloads, object -> stage("Pod", object)),
                                Map.of(
                                        BY_NODE,
                                        pod -> orNone(pod.node()),
                                        BY_OWNER,
                                        SimulatedFleet::sharedOwner));
        this.podWork =
                new SimulatedPods(
                        clients,
                        nodes.lister(),
                        pods.lister(),
                        usage,
                        parts.delays(),
                        parts.clock());
        this.events = new FleetEvents(clients, podWork::isBusy);
        podWork.tellBy(events);
        this.leases =
                new Leases(
                        clients,
                        name -> nodes.lister().get("", name),
                        this::size,
                        parts.delays(),
                        parts.clock());
        FleetAgent agent =
                new FleetAgent(
                        pods.lister(),
                        BY_NODE,
                        this::siblings,
                        usage,
                        parts.delays(),
                        parts.clock());
        this.nodeWork =
                new SimulatedNodes(
                        clients,
                        nodes.lister(),
                        nodeAddresses,
                        new Connections(leases, agents, agent),
                        options,
                        parts);
    }

    private @Nullable Match stage(String kind, ObjectNode object) {
        return stages.get().choose(kind, object);
    }

    private static List<String> orNone(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }

    /** The owner of a running pod that has a share in a load. */
    private static List<String> sharedOwner(PodView pod) {
        boolean shares =
                pod.state().phase().equals("Running")
                        && pod.workload().knobs().values().values().stream()
                                .anyMatch(value -> value.contains("share("));
        return shares ? orNone(pod.workload().owner()) : List.of();
    }

    private int siblings(PodView pod) {
        String owner = pod.workload().owner();
        return owner.isEmpty() ? 1 : Math.max(1, pods.lister().byIndex(BY_OWNER, owner).size());
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
