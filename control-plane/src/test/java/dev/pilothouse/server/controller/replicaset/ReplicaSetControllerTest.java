package dev.pilothouse.server.controller.replicaset;

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
class ReplicaSetControllerTest {

    @TempDir static Path directory;

    private static Cluster cluster;
    private static FakeKubelet kubelet;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(directory);
        cluster.node("n0", "");
        cluster.node("n1", "");
        kubelet =
                new FakeKubelet(
                        cluster,
                        List.of("n0", "n1"),
                        InstantSource.system(),
                        pod ->
                                Json.text(pod, "metadata", "labels", "fate").equals("unready")
                                        ? Fate.UNREADY
                                        : Fate.RUN);
    }

    @AfterAll
    static void stop() {
        kubelet.close();
        cluster.close();
    }

    @Test
    void makesReadyPodsAndSaysSo() {
        cluster.namespace("making");
        set("making", "web", 3, "");

        ObjectNode set =
                cluster.await(
                        Cluster.REPLICA_SETS,
                        "making",
                        "web",
                        found -> Json.number(found, 0, "status", "availableReplicas") == 3);

        assertEquals(3, Json.number(set, 0, "status", "replicas"));
        assertEquals(3, Json.number(set, 0, "status", "readyReplicas"));
        assertEquals(3, Json.number(set, 0, "status", "fullyLabeledReplicas"));
        assertEquals(1, Json.number(set, 0, "status", "observedGeneration"));
        ObjectNode pod = cluster.list(Cluster.PODS, "making").getFirst();
        ObjectNode owner = Json.objects(pod, "metadata", "ownerReferences").getFirst();
        assertEquals("ReplicaSet", Json.text(owner, "kind"));
        assertTrue(Json.bool(owner, "controller"));
        assertTrue(Json.text(pod, "metadata", "name").startsWith("web-"));
        cluster.awaitEvent("making", "web", "SuccessfulCreate", "Created pod: web-");
    }

    @Test
    void replacesLostPodsAndScales() {
        cluster.namespace("scaling");
        set("scaling", "web", 2, "");
        List<ObjectNode> pods =
                cluster.awaitAll(Cluster.PODS, "scaling", found -> found.size() == 2);
        String lost = Json.text(pods.getFirst(), "metadata", "name");

        cluster.delete(Cluster.PODS, "scaling", lost, Propagation.BACKGROUND);
        cluster.awaitAll(
                Cluster.PODS,
                "scaling",
                found ->
                        found.size() == 2
                                && found.stream()
                                        .noneMatch(pod ->
                                                Json.text(pod, "metadata", "name").equals(lost)));
        cluster.patch(Cluster.REPLICA_SETS, "scaling", "web", "{spec: {replicas: 60}}");
        cluster.await(
                Cluster.REPLICA_SETS,
                "scaling",
                "web",
                found -> Json.number(found, 0, "status", "availableReplicas") == 60);
        assertEquals(60, cluster.list(Cluster.PODS, "scaling").size());
        cluster.patch(Cluster.REPLICA_SETS, "scaling", "web", "{spec: {replicas: 0}}");
        cluster.awaitAll(Cluster.PODS, "scaling", List::isEmpty);
        cluster.await(
                Cluster.REPLICA_SETS,
                "scaling",
                "web",
                found -> Json.number(found, -1, "status", "replicas") == 0);
    }

    @Test
    void deletesPodsThatAreNotReadyFirst() {
        cluster.namespace("ranking");
        set("ranking", "web", 3, "");
        // Two are ready for a moment while the third one starts, too.
        cluster.await(
                Cluster.REPLICA_SETS,
                "ranking",
                "web",
                found -> Json.number(found, 0, "status", "readyReplicas") == 3);
        List<ObjectNode> pods =
                cluster.awaitAll(Cluster.PODS, "ranking", found -> found.size() == 3);
        String unready = Json.text(pods.get(1), "metadata", "name");
        cluster.patch(Cluster.PODS, "ranking", unready, "{metadata: {labels: {fate: unready}}}");
        cluster.await(
                Cluster.REPLICA_SETS,
                "ranking",
                "web",
                found -> Json.number(found, 0, "status", "readyReplicas") == 2);

        cluster.patch(Cluster.REPLICA_SETS, "ranking", "web", "{spec: {replicas: 2}}");

        List<ObjectNode> left =
                cluster.awaitAll(Cluster.PODS, "ranking", found -> found.size() == 2);
        assertTrue(
                left.stream().noneMatch(pod -> Json.text(pod, "metadata", "name").equals(unready)));
    }

    @Test
    void adoptsPodsThatItSelectsAndReleasesOthers() {
        cluster.namespace("adopting");
        cluster.create(
                Cluster.PODS,
                """
                {apiVersion: v1, kind: Pod,
                 metadata: {name: stray, namespace: adopting, labels: {app: web}},
                 spec: {containers: [{name: main, image: web}]}}
                """);
        set("adopting", "web", 1, "");
        cluster.await(
                Cluster.PODS,
                "adopting",
                "stray",
                pod -> Json.objects(pod, "metadata", "ownerReferences").size() == 1);
        assertEquals(1, cluster.list(Cluster.PODS, "adopting").size());

        cluster.patch(Cluster.PODS, "adopting", "stray", "{metadata: {labels: {app: other}}}");

        cluster.await(
                Cluster.PODS,
                "adopting",
                "stray",
                pod -> Json.objects(pod, "metadata", "ownerReferences").isEmpty());
        cluster.awaitAll(Cluster.PODS, "adopting", pods -> pods.size() == 2);
    }

    @Test
    void saysWhyPodsCannotBeMade() {
        cluster.namespace("failing");
        cluster.create(
                Cluster.REPLICA_SETS,
                """
                {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: bad, namespace: failing},
                 spec: {replicas: 2, selector: {matchLabels: {app: bad}},
                  template: {metadata: {labels: {app: bad}},
                   spec: {priorityClassName: missing, containers: [{name: main, image: web}]}}}}
                """);

        ObjectNode set =
                cluster.await(
                        Cluster.REPLICA_SETS,
                        "failing",
                        "bad",
                        found -> !Json.objects(found, "status", "conditions").isEmpty());

        ObjectNode condition = Json.objects(set, "status", "conditions").getFirst();
        assertEquals("ReplicaFailure", Json.text(condition, "type"));
        assertEquals("FailedCreate", Json.text(condition, "reason"));
        assertTrue(Json.text(condition, "message").contains("is forbidden"), condition::toString);
        cluster.awaitEvent("failing", "bad", "FailedCreate", "Error creating: pods \"bad-");
    }

    @Test
    void waitsUntilPodsHaveBeenReadyLongEnough() {
        cluster.namespace("steady");
        set("steady", "web", 1, "minReadySeconds: 2,");
        cluster.await(
                Cluster.REPLICA_SETS,
                "steady",
                "web",
                found ->
                        Json.number(found, 0, "status", "readyReplicas") == 1
                                && Json.number(found, 0, "status", "availableReplicas") == 0);

        cluster.await(
                Cluster.REPLICA_SETS,
                "steady",
                "web",
                found -> Json.number(found, 0, "status", "availableReplicas") == 1);
    }

    @Test
    void keepsPodsOfReplicationControllers() {
        cluster.namespace("replicating");
        cluster.create(
                Cluster.REPLICATION_CONTROLLERS,
                """
                {apiVersion: v1, kind: ReplicationController,
                 metadata: {name: old, namespace: replicating},
                 spec: {replicas: 2, selector: {app: old},
                  template: {metadata: {labels: {app: old}},
                   spec: {containers: [{name: main, image: web}]}}}}
                """);

        ObjectNode controller =
                cluster.await(
                        Cluster.REPLICATION_CONTROLLERS,
                        "replicating",
                        "old",
                        found -> Json.number(found, 0, "status", "availableReplicas") == 2);

        assertEquals(2, Json.number(controller, 0, "status", "replicas"));
        assertEquals(
                "ReplicationController",
                Json.text(
                        Json.objects(
                                        cluster.list(Cluster.PODS, "replicating").getFirst(),
                                        "metadata",
                                        "ownerReferences")
                                .getFirst(),
                        "kind"));
    }

    private static void set(String namespace, String name, int replicas, String more) {
        cluster.create(
                Cluster.REPLICA_SETS,
                """
                {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: %s, namespace: %s},
                 spec: {replicas: %d, %s selector: {matchLabels: {app: web}},
                  template: {metadata: {labels: {app: web}},
                   spec: {containers: [{name: main, image: web}]}}}}
                """
                        .formatted(name, namespace, replicas, more));
    }
}
