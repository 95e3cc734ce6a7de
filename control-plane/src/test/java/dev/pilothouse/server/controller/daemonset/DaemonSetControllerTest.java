package dev.pilothouse.server.controller.daemonset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.testing.Cluster;
import dev.pilothouse.server.testing.FakeKubelet;
import dev.pilothouse.server.testing.FakeKubelet.Fate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class DaemonSetControllerTest {

    @TempDir static Path directory;

    private static Cluster cluster;
    private static FakeKubelet kubelet;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(directory);
        for (int i = 0; i < 3; i++) {
            cluster.node("n" + i, "disk: ssd");
        }
        cluster.node("other", "disk: hdd");
        kubelet = new FakeKubelet(cluster, List.of("n0"), InstantSource.system(), pod -> Fate.RUN);
    }

    @AfterAll
    static void stop() {
        kubelet.close();
        cluster.close();
    }

    @Test
    void runsOnePodOnEveryNodeThatFits() {
        cluster.namespace("daemons");
        create("daemons", "");

        ObjectNode set = awaitAvailable("daemons");

        assertEquals(3, Json.number(set, 0, "status", "desiredNumberScheduled"));
        assertEquals(3, Json.number(set, 0, "status", "currentNumberScheduled"));
        assertEquals(3, Json.number(set, 0, "status", "updatedNumberScheduled"));
        assertEquals(0, Json.number(set, -1, "status", "numberMisscheduled"));
        List<ObjectNode> pods = cluster.list(Cluster.PODS, "daemons");
        assertEquals(
                List.of("n0", "n1", "n2"),
                pods.stream().map(pod -> Json.text(pod, "spec", "nodeName")).sorted().toList());
        assertTrue(
                Json.objects(pods.getFirst(), "spec", "tolerations").stream()
                        .anyMatch(toleration ->
                                Json.text(toleration, "key")
                                        .equals("node.kubernetes.io/unschedulable")));
    }

    @Test
    void followsNodesThatComeAndGo() {
        cluster.namespace("following");
        create("following", "");
        awaitAvailable("following");

        cluster.node("late", "disk: ssd");
        cluster.await(
                Cluster.DAEMON_SETS,
                "following",
                "agent",
                found -> Json.number(found, 0, "status", "numberAvailable") == 4);
        cluster.patch(Cluster.NODES, "", "late", "{metadata: {labels: {disk: hdd}}}");

        cluster.awaitAll(Cluster.PODS, "following", pods -> pods.size() == 3);
        cluster.await(
                Cluster.DAEMON_SETS,
                "following",
                "agent",
                found -> Json.number(found, 0, "status", "desiredNumberScheduled") == 3);
        cluster.delete(Cluster.NODES, "", "late", Propagation.BACKGROUND);
    }

    @Test
    void rollsNodeByNode() {
        cluster.namespace("rolling");
        create("rolling", "");
        awaitAvailable("rolling");

        image("rolling", "agent:2");

        ObjectNode set = awaitUpdated("rolling", 2);
        assertEquals(2, cluster.list(Cluster.REVISIONS, "rolling").size());
        assertEquals(3, Json.number(set, 0, "status", "numberAvailable"));
    }

    @Test
    void rollsWithSurge() {
        cluster.namespace("surging");
        create("surging", "updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}},");
        awaitAvailable("surging");

        image("surging", "agent:2");

        awaitUpdated("surging", 2);
        cluster.awaitAll(
                Cluster.PODS,
                "surging",
                pods ->
                        pods.size() == 3
                                && pods.stream().allMatch(pod -> image(pod).equals("agent:2")));
    }

    @Test
    void waitsForPodsOnDelete() {
        cluster.namespace("ondelete");
        create("ondelete", "updateStrategy: {type: OnDelete},");
        awaitAvailable("ondelete");
        image("ondelete", "agent:2");
        cluster.await(
                Cluster.DAEMON_SETS,
                "ondelete",
                "agent",
                found -> Json.number(found, 0, "status", "observedGeneration") == 2);
        String old =
                Json.text(cluster.list(Cluster.PODS, "ondelete").getFirst(), "metadata", "name");

        cluster.delete(Cluster.PODS, "ondelete", old, Propagation.BACKGROUND);

        cluster.await(
                Cluster.DAEMON_SETS,
                "ondelete",
                "agent",
                found ->
                        Json.number(found, 0, "status", "updatedNumberScheduled") == 1
                                && Json.number(found, 0, "status", "numberAvailable") == 3);
    }

    /** Nobody reports for the nodes here, so that they count as not ready after a while. */
    private static void create(String namespace, String more) {
        cluster.create(
                Cluster.DAEMON_SETS,
                """
                {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent, namespace: %s},
                 spec: {%s selector: {matchLabels: {app: agent}},
                  template: {metadata: {labels: {app: agent}},
                   spec: {nodeSelector: {disk: ssd}, tolerations: [{operator: Exists}],
                    containers: [{name: main, image: "agent:1"}]}}}}
                """
                        .formatted(namespace, more));
    }

    private static void image(String namespace, String image) {
        cluster.patch(
                Cluster.DAEMON_SETS,
                namespace,
                "agent",
                "{spec: {template: {spec: {containers: [{name: main, image: \""
                        + image
                        + "\"}]}}}}");
    }

    private static ObjectNode awaitAvailable(String namespace) {
        return cluster.await(
                Cluster.DAEMON_SETS,
                namespace,
                "agent",
                found ->
                        Json.number(found, 0, "status", "numberAvailable") >= 3
                                && Json.number(found, 0, "status", "numberAvailable")
                                        == Json.number(
                                                found, 0, "status", "desiredNumberScheduled"));
    }

    private static ObjectNode awaitUpdated(String namespace, int generation) {
        return cluster.await(
                Cluster.DAEMON_SETS,
                namespace,
                "agent",
                found ->
                        Json.number(found, 0, "status", "observedGeneration") == generation
                                && Json.number(found, 0, "status", "updatedNumberScheduled") >= 3
                                && Json.number(found, 0, "status", "numberAvailable") >= 3);
    }

    private static String image(ObjectNode pod) {
        return Json.text(Json.objects(pod, "spec", "containers").getFirst(), "image");
    }
}
