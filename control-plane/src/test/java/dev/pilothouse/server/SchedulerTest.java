package dev.pilothouse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.HttpTransport;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.Watch;
import dev.pilothouse.model.client.WatchOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.WatchEvent;
import dev.pilothouse.server.pki.ClusterPki;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The scheduler over a whole control plane, seen by a client over HTTP. */
@Timeout(60)
class SchedulerTest {

    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");
    private static final GroupVersionResource EVENTS = new GroupVersionResource("", "v1", "events");

    @TempDir Path directory;

    private ControlPlane server;
    private HttpTransport transport;
    private ApiClient client;

    @BeforeEach
    void start() throws Exception {
        server =
                ControlPlane.start(
                        new ControlPlaneOptions(
                                directory,
                                InetAddress.ofLiteral("127.0.0.1"),
                                0,
                                false,
                                null,
                                Duration.ofDays(1),
                                NodeOptions.NONE));
        ClusterPki pki = ClusterPki.load(directory);
        transport = new HttpTransport(server.endpoint(), pki.adminContext(), Map::of);
        client = new ApiClient(transport);
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Test
    void bindsPodAndSaysSo() {
        node("one", "4", "8Gi");

        pod("web", "{}", "500m");

        ObjectNode bound = await(PODS, "default", "web", SchedulerTest::isBound);
        assertEquals("one", Json.text(bound, "spec", "nodeName"));
        assertEquals("True", condition(bound, "status"));
        ObjectNode event = awaitEvent("web", "Scheduled");
        assertEquals("Successfully assigned default/web to one", Json.text(event, "message"));
        assertEquals("default-scheduler", Json.text(event, "source", "component"));
        assertEquals("Normal", Json.text(event, "type"));
    }

    @Test
    void explainsInKubernetesWordsWhyThereIsNoNode() {
        node("small", "100m", "8Gi");
        node("smaller", "50m", "8Gi");
        node("tainted", "4", "8Gi");
        client.resource(NODES)
                .patch(
                        "",
                        "tainted",
                        PatchForm.MERGE,
                        Json.parse(
                                "{\"spec\":{\"taints\":[{\"key\":\"a\",\"effect\":\"NoSchedule\"}]}}"));

        pod("big", "{}", "1");

        ObjectNode refused =
                await(
                        PODS,
                        "default",
                        "big",
                        pod -> condition(pod, "message").contains("untolerated"));
        assertEquals("False", condition(refused, "status"));
        assertEquals("Unschedulable", condition(refused, "reason"));
        assertTrue(
                condition(refused, "message")
                        .startsWith(
                                "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu."),
                () -> condition(refused, "message"));
        ObjectNode event = awaitEvent("big", "FailedScheduling");
        assertEquals("Warning", Json.text(event, "type"));
    }

    @Test
    void placesWaitingPodWhenNodeComes() {
        pod("early", "{}", "500m");
        ObjectNode waiting =
                await(PODS, "default", "early", pod -> !condition(pod, "message").isEmpty());
        assertEquals("no nodes available to schedule pods", condition(waiting, "message"));

        node("late", "4", "8Gi");

        await(PODS, "default", "early", SchedulerTest::isBound);
    }

    @Test
    void placesWaitingPodWhenRoomBecomesFree() {
        node("one", "1", "8Gi");
        pod("first", "{}", "800m");
        await(PODS, "default", "first", SchedulerTest::isBound);
        pod("second", "{}", "800m");
        await(PODS, "default", "second", pod -> !condition(pod, "message").isEmpty());

        client.resource(PODS)
                .delete(
                        "default",
                        "first",
                        new DeleteOptions(DeleteOptions.Propagation.DEFAULT, 0, "", ""));

        await(PODS, "default", "second", SchedulerTest::isBound);
    }

    @Test
    void leavesPodsOfOtherSchedulersAndGatedPodsAlone() {
        node("one", "4", "8Gi");

        pod("other", "{\"schedulerName\":\"mine\"}", "100m");
        pod("gated", "{\"schedulingGates\":[{\"name\":\"wait\"}]}", "100m");
        pod("after", "{}", "100m");

        await(PODS, "default", "after", SchedulerTest::isBound);
        assertEquals(
                "", Json.text(client.resource(PODS).get("default", "other"), "spec", "nodeName"));
        ObjectNode gated = client.resource(PODS).get("default", "gated");
        assertEquals("SchedulingGated", condition(gated, "reason"));

        client.resource(PODS)
                .patch(
                        "default",
                        "gated",
                        PatchForm.MERGE,
                        Json.parse("{\"spec\":{\"schedulingGates\":null}}"));

        await(PODS, "default", "gated", SchedulerTest::isBound);
    }

    @Test
    void explainsDecisionAndWhatWouldHelp() {
        node("one", "1", "8Gi");
        pod("big", "{}", "1500m");
        await(PODS, "default", "big", pod -> !condition(pod, "message").isEmpty());

        ObjectNode decision =
                client.get(
                        "/apis/scheduling.pilothouse.dev/v1/namespaces/default/pods/big/decision",
                        "application/json");

        assertEquals("Unschedulable", Json.text(decision, "status", "outcome"));
        ObjectNode node = Json.objects(decision, "status", "nodes").getFirst();
        ObjectNode refusal =
                Json.objects(node, "filters").stream()
                        .filter(filter -> !Json.bool(filter, "passed"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("NodeResourcesFit", Json.text(refusal, "plugin"));
        ObjectNode shortage = Json.objects(refusal, "shortages").getFirst();
        assertEquals("1500m", Json.text(shortage, "needs"));
        assertEquals("1", Json.text(shortage, "free"));
        assertEquals(
                "Lower the cpu request of container main from 1500m to 1",
                Json.text(decision, "status", "fix", "description"));
    }

    @Test
    void takesPodOfLowerPriorityAwayAndSaysSo() {
        priorityClass("high", 1000);
        node("one", "1", "8Gi");
        pod("low", "{}", "800m");
        await(PODS, "default", "low", SchedulerTest::isBound);

        pod("high", "{\"priorityClassName\":\"high\"}", "800m");

        ObjectNode event = awaitEvent("low", "Preempted");
        assertTrue(Json.text(event, "message").endsWith(" on node one"));
        ObjectNode nominated =
                await(
                        PODS,
                        "default",
                        "high",
                        pod ->
                                Json.text(pod, "status", "nominatedNodeName").equals("one")
                                        || isBound(pod));
        assertEquals("high", Json.text(nominated, "metadata", "name"));
    }

    private void priorityClass(String name, int value) {
        ObjectNode priority = Json.object();
        priority.put("apiVersion", "scheduling.k8s.io/v1").put("kind", "PriorityClass");
        priority.putObject("metadata").put("name", name);
        priority.put("value", value);
        client.resource(new GroupVersionResource("scheduling.k8s.io", "v1", "priorityclasses"))
                .create(priority);
    }

    private void node(String name, String cpu, String memory) {
        ObjectNode node = Json.object();
        node.put("apiVersion", "v1").put("kind", "Node");
        node.putObject("metadata")
                .put("name", name)
                .putObject("labels")
                .put("kubernetes.io/hostname", name);
        node.putObject("status")
                .putObject("allocatable")
                .put("cpu", cpu)
                .put("memory", memory)
                .put("pods", "110");
        client.resource(NODES).create(node);
    }

    private void pod(String name, String spec, String cpu) {
        ObjectNode pod = Json.object();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", name).put("namespace", "default");
        ObjectNode body = Json.parseObject(spec);
        pod.set("spec", body);
        ObjectNode container = body.putArray("containers").addObject();
        container.put("name", "main").put("image", "nginx");
        container.putObject("resources").putObject("requests").put("cpu", cpu);
        client.resource(PODS).create(pod);
    }

    private static boolean isBound(ObjectNode pod) {
        return !Json.text(pod, "spec", "nodeName").isEmpty();
    }

    private static String condition(ObjectNode pod, String field) {
        return Json.objects(pod, "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals("PodScheduled"))
                .map(condition -> Json.text(condition, field))
                .findFirst()
                .orElse("");
    }

    private ObjectNode awaitEvent(String pod, String reason) {
        return await(
                EVENTS,
                ListOptions.in("default"),
                event ->
                        Json.text(event, "involvedObject", "name").equals(pod)
                                && Json.text(event, "reason").equals(reason));
    }

    private ObjectNode await(
            GroupVersionResource resource,
            String namespace,
            String name,
            Predicate<ObjectNode> wanted) {
        return await(
                resource, ListOptions.in(namespace).withFields("metadata.name=" + name), wanted);
    }

    private ObjectNode await(
            GroupVersionResource resource, ListOptions selection, Predicate<ObjectNode> wanted) {
        try (Watch watch = client.resource(resource).watch(WatchOptions.fromNow(selection))) {
            for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                for (ObjectNode object : objects(event)) {
                    if (wanted.test(object)) {
                        return object;
                    }
                }
            }
        }
        throw new AssertionError("the watch ended");
    }

    private static List<ObjectNode> objects(WatchEvent event) {
        return switch (event) {
            case WatchEvent.Added(ObjectNode object) -> List.of(object);
            case WatchEvent.Modified(ObjectNode object) -> List.of(object);
            default -> List.of();
        };
    }
}
