package dev.pilothouse.server.controller;

import static dev.pilothouse.server.testing.TestCluster.NODES;
import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.informer.Backoff;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.nodelifecycle.LeaseView;
import dev.pilothouse.server.controller.nodelifecycle.NodeLifecycleController;
import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.controller.nodes.NodeView;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.controller.podgc.PodGarbageCollector;
import dev.pilothouse.server.controller.tainteviction.TaintEvictionController;
import dev.pilothouse.server.record.EventBroadcaster;
import dev.pilothouse.server.testing.TestCluster;
import dev.pilothouse.server.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The controllers of nodes on a virtual clock, against the API of a whole control plane. The
 * server's own controllers run as well; on their clock, nothing is ever late here.
 */
@Timeout(180)
class NodeControllersTest {

    @TempDir Path directory;

    private TestCluster cluster;
    private VirtualClock clock;
    private InformerFactory informers;
    private List<Component> controllers;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        cluster = new TestCluster(directory);
        clock = new VirtualClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        ApiClient client = cluster.client();
        informers = new InformerFactory(client, Backoff.REFLECTOR);
        Informer<NodeView> nodes = informers.views(NODES, NodeView::of, Map.of());
        Informer<NodePod> pods = informers.views(PODS, NodePod::of, NodePod.INDEXES);
        Informer<LeaseView> leases = informers.views(LeaseView.LEASES, LeaseView::of, Map.of());
        controllers =
                List.of(
                        new NodeLifecycleController(
                                client, nodes, pods, leases, events(), clock, clock),
                        new TaintEvictionController(client, nodes, pods, events(), clock, clock),
                        new PodGarbageCollector(client, nodes, pods, 3, clock, clock));
        informers.start();
        nodes.synced().get();
        pods.synced().get();
        controllers.forEach(Component::start);
        // Told after the controllers.
        leases.addHandler(
                delta -> heard.add(delta.object().name() + " " + delta.object().renewed()));
    }

    @AfterEach
    void stop() {
        controllers.forEach(Component::close);
        informers.close();
        cluster.close();
    }

    @Test
    void evictsFromANodeThatIsLost() {
        node("lost");
        node("alive");
        cluster.pod("default", "victim", "{}", "lost", "");
        cluster.running("default", "victim", "10.0.0.1", true);
        cluster.pod("default", "tolerant", "{}", "lost", "'tolerations':[{'operator':'Exists'}]");
        cluster.running("default", "tolerant", "10.0.0.2", true);
        renew("alive", "lost");

        // Heartbeats keep both alive over a while.
        for (int i = 0; i < 12; i++) {
            clock.advance(Duration.ofSeconds(10));
            renew("alive", "lost");
        }
        assertEquals("True", Conditions.status(get("lost"), "Ready"));
        for (int i = 0; i < 6; i++) {
            clock.advance(Duration.ofSeconds(10));
            renew("alive");
        }

        ObjectNode lost =
                cluster.await(
                        NODES,
                        "",
                        "lost",
                        node ->
                                Conditions.status(node, "Ready").equals("Unknown")
                                        && node.path("spec").path("taints").size() == 2);
        ObjectNode ready = Objects.requireNonNull(Conditions.find(lost, "Ready"));
        assertEquals("NodeStatusUnknown", Json.text(ready, "reason"));
        assertEquals("Kubelet stopped posting node status.", Json.text(ready, "message"));
        assertEquals(
                "NodeStatusNeverUpdated",
                Json.text(Conditions.find(lost, "MemoryPressure"), "reason"));
        assertEquals("True", Conditions.status(get("alive"), "Ready"));
        cluster.await(
                PODS, "default", "victim", pod -> Conditions.status(pod, "Ready").equals("False"));
        cluster.awaitEvent("default", "victim", "NodeNotReady");
        cluster.awaitEvent("default", "lost", "NodeNotReady");

        // The server's own controller may have been first to say since when, by its earlier clock.
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofSeconds(10));
            renew("alive");
        }
        assertEquals(
                "",
                Json.text(
                        cluster.client().resource(PODS).get("default", "victim"),
                        "metadata",
                        "deletionTimestamp"));
        for (int i = 0; i < 23; i++) {
            clock.advance(Duration.ofSeconds(10));
            renew("alive");
        }
        ObjectNode victim =
                cluster.await(
                        PODS,
                        "default",
                        "victim",
                        pod -> !Json.text(pod, "metadata", "deletionTimestamp").isEmpty());
        ObjectNode target = Objects.requireNonNull(Conditions.find(victim, "DisruptionTarget"));
        assertEquals("DeletionByTaintManager", Json.text(target, "reason"));
        cluster.awaitEvent("default", "victim", "TaintManagerEviction");
        assertEquals(
                "",
                Json.text(
                        cluster.client().resource(PODS).get("default", "tolerant"),
                        "metadata",
                        "deletionTimestamp"));
    }

    @Test
    void forgivesANodeThatComesBack() {
        node("back");
        node("alive");
        renew("back", "alive");
        for (int i = 0; i < 6; i++) {
            clock.advance(Duration.ofSeconds(10));
            renew("alive");
        }
        cluster.await(NODES, "", "back", node -> node.path("spec").path("taints").size() == 2);

        ready("back");

        cluster.await(NODES, "", "back", node -> !node.path("spec").has("taints"));
    }

    @Test
    void taintsCordonedNodes() {
        node("cordoned");
        cluster.patch(NODES, "", "cordoned", "{'spec':{'unschedulable':true}}");
        cluster.await(
                NODES,
                "",
                "cordoned",
                node ->
                        Json.text(node.path("spec").path("taints").path(0), "key")
                                .equals("node.kubernetes.io/unschedulable"));

        cluster.patch(NODES, "", "cordoned", "{'spec':{'unschedulable':null}}");

        cluster.await(NODES, "", "cordoned", node -> !node.path("spec").has("taints"));
    }

    @Test
    void takesAwayPodsOfDeletedNodesAndEndedOnesThatAreTooMany() {
        node("doomed");
        node("kept");
        cluster.pod("default", "orphan", "{}", "doomed", "");
        for (int i = 0; i < 5; i++) {
            cluster.pod("default", "ended-" + i, "{}", "kept", "");
            cluster.patchStatus(PODS, "default", "ended-" + i, "{'status':{'phase':'Succeeded'}}");
        }
        awaitKnown("ended-4", true);
        cluster.client().resource(NODES).delete("", "doomed", DeleteOptions.DEFAULT);
        cluster.awaitGone(NODES, "", "doomed");
        awaitNodeGone("doomed");

        clock.advance(Duration.ofSeconds(21));
        cluster.awaitGone(PODS, "default", "ended-0");
        cluster.awaitGone(PODS, "default", "ended-1");
        assertEquals(
                "",
                Json.text(
                        cluster.client().resource(PODS).get("default", "orphan"),
                        "metadata",
                        "deletionTimestamp"));
        clock.advance(Duration.ofSeconds(21));
        cluster.awaitGone(PODS, "default", "orphan");
        assertEquals(4, cluster.list(PODS, "default", "").size() + 1);
    }

    private void awaitKnown(String pod, boolean ended) {
        Informer<NodePod> own = informers.views(PODS, NodePod::of, NodePod.INDEXES);
        own.synced().join();
        assertEquals(ended, Objects.requireNonNull(own.lister().get("default", pod)).ended());
        settle();
    }

    private void awaitNodeGone(String node) {
        settle();
        assertEquals(0, cluster.list(NODES, "", "kubernetes.io/hostname=" + node).size());
    }

    /**
     * Writes something and waits until the controllers have answered: then they know all before.
     */
    private void settle() {
        cluster.patch(NODES, "", "kept", "{'spec':{'unschedulable':true}}");
        cluster.await(NODES, "", "kept", node -> node.path("spec").has("taints"));
        cluster.patch(NODES, "", "kept", "{'spec':{'unschedulable':null}}");
        cluster.await(NODES, "", "kept", node -> !node.path("spec").has("taints"));
    }

    private EventBroadcaster events() {
        return new EventBroadcaster(cluster.client(), "test", "", clock);
    }

    private ObjectNode get(String node) {
        return cluster.client().resource(NODES).get("", node);
    }

    private void node(String name) {
        cluster.node(name, "{}");
        cluster.create(
                LeaseView.LEASES,
                "{'apiVersion':'coordination.k8s.io/v1','kind':'Lease','metadata':{'namespace':'kube-node-lease','name':'"
                        + name
                        + "'},'spec':{'holderIdentity':'"
                        + name
                        + "'}}");
    }

    private void ready(String name) {
        cluster.patchStatus(
                NODES,
                "",
                name,
                "{'status':{'conditions':[{'type':'Ready','status':'True','lastHeartbeatTime':'2031-01-01T00:00:00Z'}]}}");
    }

    /** Renews leases, and waits until the controllers have heard. */
    private void renew(String... names) {
        for (String name : names) {
            String time = clock.instant().toString().replace("Z", ".000000Z");
            cluster.patch(
                    LeaseView.LEASES,
                    "kube-node-lease",
                    name,
                    "{'spec':{'renewTime':'" + time + "'}}");
            try {
                while (!heard.take().equals(name + " " + time)) {
                    Thread.onSpinWait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
