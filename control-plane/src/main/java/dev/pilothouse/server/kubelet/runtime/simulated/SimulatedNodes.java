package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.manager.Parts;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet.Match;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes nodes and keeps them as a kubelet would. */
final class SimulatedNodes {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedNodes.class);
    private static final int WORKERS = 32;
    private static final String NAME = "sim-";

    private final FleetClients clients;
    private final Lister<NodeView> nodes;
    private final Addresses addresses;
    private final Connections connections;
    private final FleetOptions options;
    private final InstantSource clock;
    private final StageTimes stageTimes = new StageTimes();
    private final WorkQueue<String> queue;
    private final Controller<String> controller;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<String> adopted = ConcurrentHashMap.newKeySet();

    SimulatedNodes(
            FleetClients clients,
            Lister<NodeView> nodes,
            Addresses addresses,
            Connections connections,
            FleetOptions options,
            Parts parts) {
        this.clients = clients;
        this.nodes = nodes;
        this.addresses = addresses;
        this.connections = connections;
        this.options = options;
        this.clock = parts.clock();
        this.queue = new WorkQueue<>(parts.delays(), parts.clock());
        this.controller = new Controller<>("simulated-nodes", WORKERS, queue, this::reconcile);
    }

    /** All nodes are known. */
    void start() {
        nodes.all().forEach(node -> addresses.hold(node.name(), node.address()));
        for (int i = 1; i <= options.nodes(); i++) {
            asked.add(NAME + i);
            queue.add(NAME + i);
        }
        controller.start();
    }

    void close() {
        controller.close();
    }

    /** How many nodes are played. */
    int size() {
        return adopted.size();
    }

    void add(String name) {
        queue.add(name);
    }

    private Result reconcile(String name) {
        NodeView node = nodes.get("", name);
        if (node == null && asked.remove(name)) {
            create(name);
            return Result.DONE;
        }
        asked.remove(name);
        if (node == null || !node.simulated()) {
            leave(name);
            return Result.DONE;
        }
        if (node.isPartitioned()) {
            leave(name);
            return Result.DONE;
        }
        if (!node.complete()) {
            clients.nodes(name)
                    .patch("", name, PatchForm.MERGE, NodeObjects.describe(name, index(name)));
        }
        boolean shown = NodeConditions.areShown(node) || !isLeftToUs(node);
        if (!node.complete() || !node.sized() || !shown) {
            writeStatus(node);
        }
        if (adopted.add(name)) {
            connections.open(name);
        }
        return stage(node);
    }

    private static boolean isLeftToUs(NodeView node) {
        Match match = node.stage();
        return match != null && match.stage().next().action() != null;
    }

    private Result stage(NodeView node) {
        Match match = node.stage();
        if (match == null || isLeftToUs(node)) {
            stageTimes.forget(node.uid());
            return Result.DONE;
        }
        Instant now = clock.instant();
        Duration left = stageTimes.left(node.uid(), match, now);
        if (left.isPositive()) {
            return new Result.RequeueAfter(left);
        }
        stageTimes.forget(node.uid());
        StageRunner.run(
                match.stage(),
                clients.whole(node.name(), FleetClients.NODES),
                "",
                node.name(),
                new StageRunner.Context(node.name(), node.address(), () -> ""),
                now);
        return Result.DONE;
    }

    private void leave(String name) {
        if (adopted.remove(name)) {
            connections.close(name);
        }
        if (nodes.get("", name) == null) {
            addresses.release(name);
        }
    }

    private void create(String name) {
        ObjectNode node =
                NodeObjects.create(
                        name, index(name), Map.of(), addresses.of(name), clock.instant());
        try {
            clients.nodes(name).create(node);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.ALREADY_EXISTS) {
                throw e;
            }
            LOG.debug("node {} is there already", name);
        }
    }

    private void writeStatus(NodeView node) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", node.uid());
        ObjectNode status = patch.putObject("status");
        if (!node.sized()) {
            NodeObjects.capacity(status, Map.of());
        }
        if (!node.complete()) {
            NodeObjects.status(status, node.name(), addresses.of(node.name()));
        }
        NodeConditions.write(status, node, clock.instant());
        clients.nodes(node.name()).patch("", node.name(), "status", PatchForm.STRATEGIC, patch);
    }

    /** Which of the nodes it is: the number at the end of its name, or one made of the name. */
    private static int index(String name) {
        try {
            return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)) - 1;
        } catch (NumberFormatException _) {
            return name.hashCode() & 0xffff;
        }
    }
}
