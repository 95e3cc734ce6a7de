package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Seeds;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the leases of the nodes alive: the heartbeats of kubelets. Renewals are spread over time; a
 * large fleet renews less often, but still well within the time after which a node is given up.
 * Source: the kubelet's nodeLeaseDurationSeconds of 40 and its renewal at a quarter of it.
 */
final class Leases {

    private static final String NAMESPACE = "kube-node-lease";
    static final int DURATION_SECONDS = 40;
    private static final Duration SMALL_FLEET = Duration.ofSeconds(10);
    private static final Duration LARGE_FLEET = Duration.ofSeconds(25);
    private static final int LARGE = 200;

    /** Enough for a large fleet also when the store is slow: each write waits for it. */
    private static final int WORKERS = 32;

    /** Always six digits: the API takes no fewer. */
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final FleetClients clients;
    private final Function<String, @Nullable NodeView> nodes;
    private final IntSupplier fleet;
    private final InstantSource clock;
    private final WorkQueue<String> queue;
    private final Controller<String> controller;

    Leases(
            FleetClients clients,
            Function<String, @Nullable NodeView> nodes,
            IntSupplier fleet,
            Delays delays,
            InstantSource clock) {
        this.clients = clients;
        this.nodes = nodes;
        this.fleet = fleet;
        this.clock = clock;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>("simulated-leases", WORKERS, queue, this::renew);
    }

    void start() {
        controller.start();
    }

    void close() {
        controller.close();
    }

    /** The node is there, or has changed: its lease is renewed now. */
    void add(String node) {
        queue.add(node);
    }

    private Result renew(String name) {
        NodeView node = nodes.apply(name);
        if (node == null || !node.simulated() || node.isPartitioned()) {
            return Result.DONE;
        }
        String now = MICRO_TIME.format(clock.instant());
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("renewTime", now);
        try {
            clients.leases(name).patch(NAMESPACE, name, PatchForm.MERGE, patch);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
            create(node, now);
        }
        return new Result.RequeueAfter(pause(name));
    }

    private void create(NodeView node, String now) {
        ObjectNode lease = Json.object();
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        ObjectNode metadata = lease.putObject("metadata");
        metadata.put("name", node.name()).put("namespace", NAMESPACE);
        ObjectNode owner = metadata.putArray("ownerReferences").addObject();
        owner.put("apiVersion", "v1").put("kind", "Node");
        owner.put("name", node.name()).put("uid", node.uid());
        ObjectNode spec = lease.putObject("spec");
        spec.put("holderIdentity", node.name());
        spec.put("leaseDurationSeconds", DURATION_SECONDS);
        spec.put("renewTime", now);
        clients.leases(node.name()).create(lease);
    }

    /** A little more or less for each node and moment, so that renewals do not come in waves. */
    private Duration pause(String node) {
        Duration usual = fleet.getAsInt() > LARGE ? LARGE_FLEET : SMALL_FLEET;
        long seed = Seeds.mix(Seeds.of(node), clock.instant().getEpochSecond());
        return Duration.ofMillis((long) (usual.toMillis() * (0.9 + 0.2 * Seeds.unit(seed))));
    }
}
