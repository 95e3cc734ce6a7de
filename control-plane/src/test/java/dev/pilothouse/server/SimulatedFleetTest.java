package dev.pilothouse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.HttpTransport;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ObjectList;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.Watch;
import dev.pilothouse.model.client.WatchOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.WatchEvent;
import dev.pilothouse.server.pki.ClusterPki;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Simulated nodes and their pods in a whole control plane, seen by a client over HTTP. */
@Timeout(120)
class SimulatedFleetTest {

    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    private static final GroupVersionResource LEASES =
            new GroupVersionResource("coordination.k8s.io", "v1", "leases");

    @TempDir static Path directory;

    private static ControlPlane server;
    private static HttpTransport transport;
    private static ApiClient client;

    @BeforeAll
    static void start() throws Exception {
        server =
                ControlPlane.start(
                        new ControlPlaneOptions(
                                directory,
                                InetAddress.ofLiteral("127.0.0.1"),
                                0,
                                false,
                                null,
                                Duration.ofDays(1),
                                new NodeOptions(0, 2)));
        ClusterPki pki = ClusterPki.load(directory);
        transport = new HttpTransport(server.endpoint(), pki.adminContext(), Map::of);
        client = new ApiClient(transport);
    }

    @AfterAll
    static void stop() {
        transport.close();
        server.close();
    }

    @Test
    void makesNodesThatAreReadyAndSayThatTheyAreSimulated() {
        ObjectNode node =
                await(NODES, "", "sim-2", found -> condition(found, "Ready").equals("True"));

        assertEquals("simulated", Json.text(node, "metadata", "labels", "pilothouse.dev/runtime"));
        assertEquals("8", Json.text(node, "status", "allocatable", "cpu"));
        assertTrue(Json.text(node, "status", "nodeInfo", "osImage").startsWith("Simulated"));
        ObjectNode lease = await(LEASES, "kube-node-lease", "sim-2", _ -> true);
        assertEquals("sim-2", Json.text(lease, "spec", "holderIdentity"));
    }

    @Test
    void adoptsNodeOfTheUser() {
        client.resource(NODES)
                .create(
                        Json.parseObject(
                                """
                                {"apiVersion":"v1","kind":"Node","metadata":{"name":"mine",
                                 "labels":{"pilothouse.dev/runtime":"simulated"}},
                                 "status":{"capacity":{"cpu":"2","memory":"4Gi","pods":"20"}}}\
                                """));

        ObjectNode node =
                await(NODES, "", "mine", found -> condition(found, "Ready").equals("True"));

        assertEquals("2", Json.text(node, "status", "allocatable", "cpu"));
        assertEquals("mine", Json.text(node, "metadata", "labels", "kubernetes.io/hostname"));
        pod("on-mine", "mine", "{}", "Always");
        await(PODS, "default", "on-mine", found -> condition(found, "Ready").equals("True"));
    }

    @Test
    void runsPodInOneWriteAndLetsItGo() {
        try (Watch watch =
                client.resource(PODS)
                        .watch(
                                WatchOptions.fromNow(
                                        ListOptions.in("default")
                                                .withFields("metadata.name=quick")))) {
            pod("quick", "sim-1", "{}", "Always");
            ObjectNode pod = next(watch);
            assertEquals("Pending", Json.text(pod, "status", "phase"));
            pod = next(watch);

            assertEquals("Running", Json.text(pod, "status", "phase"));
            assertEquals("True", condition(pod, "Ready"));
            assertTrue(Json.text(pod, "status", "podIP").startsWith("10.244."));
            ObjectNode status = Json.objects(pod, "status", "containerStatuses").getFirst();
            assertNotNull(Json.at(status, "state", "running", "startedAt"));
            assertTrue(Json.text(status, "containerID").startsWith("simulated://"));
            client.resource(PODS).delete("default", "quick", DeleteOptions.DEFAULT);
            WatchEvent event = watch.next();
            while (!(event instanceof WatchEvent.Deleted)) {
                event = watch.next();
            }
        }
    }

    @Test
    void endsJobsAndFailures() {
        pod("good", "sim-1", "{\"simulated.pilothouse.dev/run-time\":\"100ms\"}", "Never");
        pod(
                "bad",
                "sim-1",
                "{\"simulated.pilothouse.dev/run-time\":\"100ms\",\"simulated.pilothouse.dev/exit-code\":\"3\"}",
                "Never");

        ObjectNode good = await(PODS, "default", "good", found -> phase(found, "Succeeded"));
        ObjectNode bad = await(PODS, "default", "bad", found -> phase(found, "Failed"));

        assertEquals("Completed", ended(good, "reason"));
        assertEquals("Error", ended(bad, "reason"));
        assertEquals(
                3,
                Json.number(
                        Json.objects(bad, "status", "containerStatuses").getFirst(),
                        0,
                        "state",
                        "terminated",
                        "exitCode"));
        assertEquals("False", condition(good, "Ready"));
    }

    @Test
    void backsOffFromCrashingContainerAndMissingImage() {
        pod("crashing", "sim-1", "{\"simulated.pilothouse.dev/crash-loop\":\"true\"}", "Always");
        pod("imageless", "sim-1", "{\"simulated.pilothouse.dev/image-error\":\"true\"}", "Always");

        await(PODS, "default", "imageless", found -> waiting(found).equals("ErrImagePull"));
        await(PODS, "default", "imageless", found -> waiting(found).equals("ImagePullBackOff"));
        ObjectNode crashing =
                await(
                        PODS,
                        "default",
                        "crashing",
                        found -> waiting(found).equals("CrashLoopBackOff"));

        assertEquals(
                1,
                Json.number(
                        Json.objects(crashing, "status", "containerStatuses").getFirst(),
                        0,
                        "restartCount"));
        assertEquals("Running", Json.text(crashing, "status", "phase"));
    }

    @Test
    void showsNodeFailuresAsAnnotated() {
        await(NODES, "", "sim-2", found -> condition(found, "Ready").equals("True"));
        annotate("sim-2", "\"true\"");

        ObjectNode node =
                await(
                        NODES,
                        "",
                        "sim-2",
                        found -> condition(found, "MemoryPressure").equals("True"));

        assertEquals("True", condition(node, "Ready"));
        annotate("sim-2", "null");
        await(NODES, "", "sim-2", found -> condition(found, "MemoryPressure").equals("False"));
    }

    @Test
    void measuresNodesAndPods() {
        pod(
                "measured",
                "sim-1",
                "{\"simulated.pilothouse.dev/cpu\":\"250m\",\"simulated.pilothouse.dev/memory\":\"64Mi\"}",
                "Always");
        await(PODS, "default", "measured", found -> condition(found, "Ready").equals("True"));
        GroupVersionResource metrics =
                new GroupVersionResource("metrics.k8s.io", "v1beta1", "pods");

        ObjectNode measured = client.resource(metrics).get("default", "measured");

        assertEquals("PodMetrics", Json.text(measured, "kind"));
        ObjectNode usage = Json.objects(measured, "containers").getFirst();
        assertEquals("250000000n", Json.text(usage, "usage", "cpu"));
        assertEquals("65536Ki", Json.text(usage, "usage", "memory"));
        GroupVersionResource nodes = new GroupVersionResource("metrics.k8s.io", "v1", "nodes");
        ObjectList all =
                client.resource(nodes)
                        .list(ListOptions.ALL.withLabels("kubernetes.io/hostname=sim-1"));
        assertEquals(1, all.items().size());
        ApiException unknown =
                assertThrows(
                        ApiException.class,
                        () -> client.resource(metrics).get("default", "nobody"));
        assertEquals(404, unknown.status().code());
        ObjectNode history =
                client.get(
                        "/apis/metrics.pilothouse.dev/v1/namespaces/default/pods/measured/history",
                        "application/json");
        assertEquals("PodMetricsHistory", Json.text(history, "kind"));
        assertEquals(
                Json.arrayAt(history, "timestamps").size(),
                Json.arrayAt(history, "cpuMillicores").size());
    }

    private static void annotate(String node, String value) {
        client.resource(NODES)
                .patch(
                        "",
                        node,
                        PatchForm.MERGE,
                        Json.parseObject(
                                "{\"metadata\":{\"annotations\":{\"simulated.pilothouse.dev/memory-pressure\":"
                                        + value
                                        + "}}}"));
    }

    private static void pod(String name, String node, String annotations, String restartPolicy) {
        client.resource(PODS)
                .create(
                        Json.parseObject(
                                """
                                {"apiVersion":"v1","kind":"Pod",
                                 "metadata":{"name":"%s","namespace":"default","annotations":%s},
                                 "spec":{"nodeName":"%s","restartPolicy":"%s",
                                  "containers":[{"name":"main","image":"example.com/app:1"}]}}\
                                """
                                        .formatted(name, annotations, node, restartPolicy)));
    }

    private static ObjectNode await(
            GroupVersionResource resource,
            String namespace,
            String name,
            Predicate<ObjectNode> condition) {
        ListOptions one = ListOptions.in(namespace).withFields("metadata.name=" + name);
        try (Watch watch = client.resource(resource).watch(WatchOptions.fromNow(one))) {
            while (true) {
                ObjectNode object = next(watch);
                if (condition.test(object)) {
                    return object;
                }
            }
        }
    }

    private static ObjectNode next(Watch watch) {
        while (true) {
            switch (watch.next()) {
                case WatchEvent.Added(ObjectNode object) -> {
                    return object;
                }
                case WatchEvent.Modified(ObjectNode object) -> {
                    return object;
                }
                case null -> throw new AssertionError("the watch has ended");
                default -> {}
            }
        }
    }

    private static boolean phase(ObjectNode pod, String phase) {
        return Json.text(pod, "status", "phase").equals(phase);
    }

    private static String waiting(ObjectNode pod) {
        List<ObjectNode> statuses = Json.objects(pod, "status", "containerStatuses");
        return statuses.isEmpty()
                ? ""
                : Json.text(statuses.getFirst(), "state", "waiting", "reason");
    }

    private static String ended(ObjectNode pod, String field) {
        return Json.text(
                Json.objects(pod, "status", "containerStatuses").getFirst(),
                "state",
                "terminated",
                field);
    }

    private static String condition(ObjectNode object, String type) {
        return Json.objects(object, "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .map(condition -> Json.text(condition, "status"))
                .findFirst()
                .orElse("");
    }
}
