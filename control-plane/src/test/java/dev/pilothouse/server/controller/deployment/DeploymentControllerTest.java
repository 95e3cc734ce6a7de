package dev.pilothouse.server.controller.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.testing.Cluster;
import dev.pilothouse.server.testing.FakeKubelet;
import dev.pilothouse.server.testing.FakeKubelet.Fate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class DeploymentControllerTest {

    private static final String REVISION = "deployment.kubernetes.io/revision";

    @TempDir static Path directory;

    private static Cluster cluster;
    private static FakeKubelet kubelet;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(directory);
        cluster.node("n0", "");
        kubelet =
                new FakeKubelet(
                        cluster,
                        List.of("n0"),
                        InstantSource.system(),
                        pod -> image(pod).contains("bad") ? Fate.UNREADY : Fate.RUN);
    }

    @AfterAll
    static void stop() {
        kubelet.close();
        cluster.close();
    }

    @Test
    void rollsOutAndSaysSo() {
        cluster.namespace("rollout");
        deploy("rollout", 3, "");

        ObjectNode deployment = awaitRolled("rollout", 3);

        assertEquals(3, Json.number(deployment, 0, "status", "replicas"));
        assertEquals(3, Json.number(deployment, 0, "status", "readyReplicas"));
        assertEquals(3, Json.number(deployment, 0, "status", "availableReplicas"));
        assertEquals("MinimumReplicasAvailable", reason(deployment, "Available"));
        assertEquals("NewReplicaSetAvailable", reason(deployment, "Progressing"));
        assertEquals("1", Json.text(deployment, "metadata", "annotations", REVISION));
        ObjectNode set = cluster.list(Cluster.REPLICA_SETS, "rollout").getFirst();
        String hash = Json.text(set, "metadata", "labels", "pod-template-hash");
        assertEquals("web-" + hash, Json.text(set, "metadata", "name"));
        assertEquals(
                "3",
                Json.text(
                        set,
                        "metadata",
                        "annotations",
                        "deployment.kubernetes.io/desired-replicas"));
        assertEquals(
                "4",
                Json.text(set, "metadata", "annotations", "deployment.kubernetes.io/max-replicas"));
        cluster.awaitEvent(
                "rollout",
                "web",
                "ScalingReplicaSet",
                "Scaled up replica set web-" + hash + " from 0 to 3");
    }

    @Test
    void goesToNewTemplateAndBack() {
        cluster.namespace("undo");
        deploy("undo", 4, "");
        awaitRolled("undo", 4);
        image("undo", "web:2");
        ObjectNode second = awaitRolled("undo", 4);
        assertEquals("2", Json.text(second, "metadata", "annotations", REVISION));
        assertEquals(2, cluster.list(Cluster.REPLICA_SETS, "undo").size());

        image("undo", "web:1");

        ObjectNode third = awaitRolled("undo", 4);
        assertEquals("3", Json.text(third, "metadata", "annotations", REVISION));
        List<ObjectNode> sets = byRevision("undo");
        assertEquals(2, sets.size());
        assertEquals("3", Json.text(sets.getLast(), "metadata", "annotations", REVISION));
        assertEquals(
                "1",
                Json.text(
                        sets.getLast(),
                        "metadata",
                        "annotations",
                        "deployment.kubernetes.io/revision-history"));
        assertTrue(
                cluster.awaitAll(Cluster.PODS, "undo", pods -> pods.size() == 4).stream()
                        .allMatch(pod -> image(pod).equals("web:1")));
    }

    @Test
    void keepsOldPodsWhenNewOnesDoNotGetReady() {
        cluster.namespace("stuck");
        deploy("stuck", 4, "progressDeadlineSeconds: 2,");
        awaitRolled("stuck", 4);

        image("stuck", "bad:1");

        ObjectNode deployment =
                cluster.await(
                        Cluster.DEPLOYMENTS,
                        "stuck",
                        "web",
                        found -> reason(found, "Progressing").equals("ProgressDeadlineExceeded"));
        assertEquals(3, Json.number(deployment, 0, "status", "availableReplicas"));
        assertEquals(2, Json.number(deployment, 0, "status", "updatedReplicas"));
        assertEquals("MinimumReplicasAvailable", reason(deployment, "Available"));
        image("stuck", "web:1");
        ObjectNode back = awaitRolled("stuck", 4);
        assertEquals("NewReplicaSetAvailable", reason(back, "Progressing"));
    }

    @Test
    void doesNothingNewWhilePaused() {
        cluster.namespace("pausing");
        deploy("pausing", 2, "");
        awaitRolled("pausing", 2);
        cluster.patch(Cluster.DEPLOYMENTS, "pausing", "web", "{spec: {paused: true}}");
        cluster.await(
                Cluster.DEPLOYMENTS,
                "pausing",
                "web",
                found -> reason(found, "Progressing").equals("DeploymentPaused"));

        image("pausing", "web:2");
        cluster.patch(Cluster.DEPLOYMENTS, "pausing", "web", "{spec: {replicas: 3}}");

        cluster.await(
                Cluster.DEPLOYMENTS,
                "pausing",
                "web",
                found ->
                        Json.number(found, 0, "status", "availableReplicas") == 3
                                && observed(found));
        assertEquals(1, cluster.list(Cluster.REPLICA_SETS, "pausing").size());
        cluster.patch(Cluster.DEPLOYMENTS, "pausing", "web", "{spec: {paused: false}}");
        awaitRolled("pausing", 3);
        assertEquals(2, cluster.list(Cluster.REPLICA_SETS, "pausing").size());
    }

    @Test
    void recreatesOnlyWhenAllOldPodsHaveGone() {
        cluster.namespace("recreating");
        deploy("recreating", 2, "strategy: {type: Recreate},");
        List<ObjectNode> before =
                cluster.awaitAll(Cluster.PODS, "recreating", pods -> pods.size() == 2);

        image("recreating", "web:2");

        ObjectNode deployment = awaitRolled("recreating", 2);
        assertEquals("2", Json.text(deployment, "metadata", "annotations", REVISION));
        List<ObjectNode> after = cluster.list(Cluster.PODS, "recreating");
        assertEquals(2, after.size());
        assertTrue(after.stream().allMatch(pod -> image(pod).equals("web:2")));
        assertNotEquals(before.getFirst(), after.getFirst());
    }

    @Test
    void keepsOnlySoMuchHistory() {
        cluster.namespace("history");
        deploy("history", 1, "revisionHistoryLimit: 1,");
        awaitRolled("history", 1);
        for (int i = 2; i <= 4; i++) {
            image("history", "web:" + i);
            awaitRolled("history", 1);
        }

        List<ObjectNode> sets =
                cluster.awaitAll(Cluster.REPLICA_SETS, "history", found -> found.size() == 2);
        assertTrue(
                sets.stream()
                        .anyMatch(set ->
                                Json.text(set, "metadata", "annotations", REVISION).equals("3")));
    }

    @Test
    void tellsWhyPodsCannotBeMade() {
        cluster.namespace("refused");
        cluster.create(
                Cluster.DEPLOYMENTS,
                """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: refused},
                 spec: {selector: {matchLabels: {app: web}},
                  template: {metadata: {labels: {app: web}},
                   spec: {priorityClassName: missing, containers: [{name: main, image: web}]}}}}
                """);

        ObjectNode deployment =
                cluster.await(
                        Cluster.DEPLOYMENTS,
                        "refused",
                        "web",
                        found -> reason(found, "ReplicaFailure").equals("FailedCreate"));

        assertEquals("MinimumReplicasUnavailable", reason(deployment, "Available"));
    }

    private static void deploy(String namespace, int replicas, String more) {
        cluster.create(
                Cluster.DEPLOYMENTS,
                """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: %s},
                 spec: {replicas: %d, %s selector: {matchLabels: {app: web}},
                  template: {metadata: {labels: {app: web}},
                   spec: {containers: [{name: main, image: "web:1"}]}}}}
                """
                        .formatted(namespace, replicas, more));
    }

    private static void image(String namespace, String image) {
        cluster.patch(
                Cluster.DEPLOYMENTS,
                namespace,
                "web",
                "{spec: {template: {spec: {containers: [{name: main, image: \""
                        + image
                        + "\"}]}}}}");
    }

    /** As kubectl rollout status sees it. */
    private static ObjectNode awaitRolled(String namespace, int replicas) {
        return cluster.await(
                Cluster.DEPLOYMENTS,
                namespace,
                "web",
                found ->
                        observed(found)
                                && Json.number(found, 0, "status", "updatedReplicas") == replicas
                                && Json.number(found, 0, "status", "replicas") == replicas
                                && Json.number(found, 0, "status", "availableReplicas")
                                        == replicas);
    }

    private static boolean observed(ObjectNode deployment) {
        return Json.number(deployment, 0, "status", "observedGeneration")
                == Json.number(deployment, 0, "metadata", "generation");
    }

    private static List<ObjectNode> byRevision(String namespace) {
        return cluster.list(Cluster.REPLICA_SETS, namespace).stream()
                .sorted(
                        Comparator.comparing(
                                set -> Json.text(set, "metadata", "annotations", REVISION)))
                .toList();
    }

    private static String reason(ObjectNode object, String type) {
        return Json.objects(object, "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .map(condition -> Json.text(condition, "reason"))
                .findFirst()
                .orElse("");
    }

    private static String image(ObjectNode pod) {
        return Json.text(Json.objects(pod, "spec", "containers").getFirst(), "image");
    }
}
