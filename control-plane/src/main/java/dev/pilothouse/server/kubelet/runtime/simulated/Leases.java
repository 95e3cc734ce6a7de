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
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration AT_ONCE = Duration.ofNanos(1);

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
    private final Set<String> made = ConcurrentHashMap.newKeySet();
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
            made.remove(name);
            return Result.DONE;
        }
        Instant start = clock.instant();
        String now = MICRO_TIME.format(start);
        boolean begun = !made.contains(name) && create(node, now);
        if (!begun && !patch(name, now) && !create(node, now)) {
            // It was deleted, and somebody was quicker to make it again.
            return new Result.RequeueAfter(RETRY);
        }
        made.add(name);
        // Counted from the beginning, so that slow writes do not make renewals rarer.
        Duration left = Duration.between(clock.instant(), start.plus(pause(name, start)));
        return new Result.RequeueAfter(left.isPositive() ? left : AT_ONCE);
    }

    /** Whether there is a lease, which is renewed now. */
    private boolean patch(String name, String now) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("renewTime", now);
        try {
            clients.leases(name).patch(NAMESPACE, name, PatchForm.MERGE, patch);
            return true;
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
            return false;
        }
    }

    /** Whether there was no lease, and is one now. */
    private boolean create(NodeView node, String now) {
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
        try {
            clients.leases(node.name()).create(lease);
            return true;
        } catch (ApiException e) {
            if (e.reason() != StatusReason.ALREADY_EXISTS) {
                throw e;
            }
            return false;
        }
    }

    /** A little more or less for each node and moment, so that renewals do not come in waves. */
    private Duration pause(String node, Instant start) {
        Duration usual = fleet.getAsInt() > LARGE ? LARGE_FLEET : SMALL_FLEET;
        long seed = Seeds.mix(Seeds.of(node), start.getEpochSecond());
        return Duration.ofMillis((long) (usual.toMillis() * (0.9 + 0.2 * Seeds.unit(seed))));
    }
}
