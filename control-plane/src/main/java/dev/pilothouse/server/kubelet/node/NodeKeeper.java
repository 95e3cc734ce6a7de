package dev.pilothouse.server.kubelet.node;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the Node of a kubelet: registers it, renews its lease every ten seconds, writes its status
 * when that changes and every five minutes. Thread-safe. Source: the kubelet's node status and
 * lease controllers.
 */
public final class NodeKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);
    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");
    private static final GroupVersionResource LEASES =
            new GroupVersionResource("coordination.k8s.io", "v1", "leases");
    private static final String LEASE_NAMESPACE = "kube-node-lease";
    static final Duration RENEWAL = Duration.ofSeconds(10);
    static final Duration REPORT = Duration.ofMinutes(5);
    static final int LEASE_SECONDS = 40;

    private final ResourceClient nodes;
    private final ResourceClient leases;
    private final NodeSettings settings;
    private final NodeTree tree;
    private final HostFacts host;
    private final Pressure.Thresholds thresholds;
    private final EventRecorder events;
    private final Consumer<Pressure> onPressure;
    private final Delays delays;
    private final InstantSource clock;
    private @Nullable Pressure reported;
    private Instant reportedAt = Instant.EPOCH;
    private String uid = "";
    private volatile boolean closed;

    /**
     * A keeper that is not started.
     *
     * @param onPressure is told every time that the host is under pressure
     */
    public NodeKeeper(
            ApiClient client,
            NodeSettings settings,
            HostFacts host,
            String address,
            EventRecorder events,
            Consumer<Pressure> onPressure,
            Delays delays,
            InstantSource clock) {
        this.nodes = client.resource(NODES);
        this.leases = client.resource(LEASES);
        this.settings = settings;
        this.tree = new NodeTree(settings, host, address);
        this.host = host;
        this.thresholds = settings.eviction();
        this.events = events;
        this.onPressure = onPressure;
        this.delays = delays;
        this.clock = clock;
    }

    /** What pods may have of the node. */
    public Map<String, String> allocatable() {
        return tree.allocatable();
    }

    /** Registers the node and begins to keep it. */
    public void start() {
        events.normal(reference(), "Starting", "Starting kubelet.");
        tick();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void later() {
        delays.after(
                RENEWAL,
                () -> {
                    if (!closed) {
                        Thread.ofVirtual().name("node " + settings.name()).start(this::tick);
                    }
                });
    }

    private void tick() {
        try {
            Pressure pressure = measure();
            report(pressure);
            renew();
            if (pressure.resource().isPresent()) {
                onPressure.accept(pressure);
            }
        } catch (ApiException | TransportException e) {
            if (!closed) {
                LOG.warn("node {} could not be kept: {}", settings.name(), e.getMessage());
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("node {} could not be kept", settings.name(), e);
        } finally {
            later();
        }
    }

    private Pressure measure() throws IOException {
        return Pressure.of(host.availableMemory(), host.disk().available(), thresholds);
    }

    private void report(Pressure pressure) {
        Instant now = clock.instant();
        boolean changed =
                reported == null
                        || reported.memory() != pressure.memory()
                        || reported.disk() != pressure.disk();
        if (!changed && Duration.between(reportedAt, now).compareTo(REPORT) < 0) {
            return;
        }
        boolean first = reported == null;
        ObjectNode node = first ? register() : current();
        ObjectNode patch = Json.object();
        patch.set("status", tree.status(node, pressure, now));
        nodes.patch("", settings.name(), "status", PatchForm.STRATEGIC, patch);
        tell(reported, pressure, node);
        reported = pressure;
        reportedAt = now;
    }

    private ObjectNode current() {
        try {
            return nodes.get("", settings.name());
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return register();
            }
            throw e;
        }
    }

    /** Makes the node, or gives one that is there the labels it must have. */
    private ObjectNode register() {
        ObjectNode node;
        try {
            node = nodes.create(tree.node());
        } catch (ApiException e) {
            if (e.reason() != StatusReason.ALREADY_EXISTS) {
                throw e;
            }
            ObjectNode patch = Json.object();
            ObjectNode labels = patch.putObject("metadata").putObject("labels");
            tree.labels().forEach(labels::put);
            node = nodes.patch("", settings.name(), PatchForm.STRATEGIC, patch);
        }
        uid = Json.text(node, "metadata", "uid");
        return node;
    }

    private void tell(@Nullable Pressure before, Pressure now, ObjectNode node) {
        if (before == null || before.memory() != now.memory()) {
            state(now.memory() ? "NodeHasInsufficientMemory" : "NodeHasSufficientMemory");
        }
        if (before == null || before.disk() != now.disk()) {
            state(now.disk() ? "NodeHasDiskPressure" : "NodeHasNoDiskPressure");
        }
        if (before == null) {
            state("NodeHasSufficientPID");
            events.normal(
                    reference(),
                    "NodeAllocatableEnforced",
                    "Updated Node Allocatable limit across pods");
            boolean wasReady =
                    Json.objects(node, "status", "conditions").stream()
                            .anyMatch(condition ->
                                    Json.text(condition, "type").equals("Ready")
                                            && Json.text(condition, "status").equals("True"));
            if (!wasReady) {
                state("NodeReady");
            }
        }
    }

    private void state(String reason) {
        events.normal(reference(), reason, "Node " + settings.name() + " status is now: " + reason);
    }

    /** Events about nodes name them by name in place of the uid, as kubelets do. */
    private ObjectReference reference() {
        return new ObjectReference("v1", "Node", "", settings.name(), settings.name(), "", "");
    }

    private void renew() {
        ObjectNode patch = Json.object();
        String now = clock.instant().truncatedTo(ChronoUnit.MICROS).toString();
        patch.putObject("spec").put("renewTime", now);
        try {
            leases.patch(LEASE_NAMESPACE, settings.name(), PatchForm.MERGE, patch);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
            leases.create(lease(now));
        }
    }

    private ObjectNode lease(String now) {
        ObjectNode lease = Json.object();
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        ObjectNode metadata = lease.putObject("metadata");
        metadata.put("name", settings.name()).put("namespace", LEASE_NAMESPACE);
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Node")
                .put("name", settings.name())
                .put("uid", uid);
        lease.putObject("spec")
                .put("holderIdentity", settings.name())
                .put("leaseDurationSeconds", LEASE_SECONDS)
                .put("renewTime", now);
        return lease;
    }
}
