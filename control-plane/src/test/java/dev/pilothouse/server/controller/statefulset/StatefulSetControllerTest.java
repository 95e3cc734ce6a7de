package dev.pilothouse.server.controller.statefulset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.testing.Cluster;
import dev.pilothouse.server.testing.FakeKubelet;
import dev.pilothouse.server.testing.FakeKubelet.Fate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class StatefulSetControllerTest {

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
    void makesPodsInOrderWithNamesAndClaims() {
        cluster.namespace("ordered");
        create("ordered", 3, "", true);

        ObjectNode set = awaitReady("ordered", 3);

        List<ObjectNode> pods = cluster.list(Cluster.PODS, "ordered");
        assertEquals(List.of("db-0", "db-1", "db-2"), names(pods));
        for (int i = 1; i < 3; i++) {
            assertTrue(revision(pods.get(i)) > revision(pods.get(i - 1)), "one after the other");
        }
        ObjectNode pod = pods.get(1);
        assertEquals("db-1", Json.text(pod, "spec", "hostname"));
        assertEquals("dbs", Json.text(pod, "spec", "subdomain"));
        Map<String, String> labels = Json.stringMap(pod, "metadata", "labels");
        assertEquals("db-1", labels.get("statefulset.kubernetes.io/pod-name"));
        assertEquals("1", labels.get("apps.kubernetes.io/pod-index"));
        assertEquals(
                Json.text(set, "status", "updateRevision"), labels.get("controller-revision-hash"));
        assertEquals(
                Json.text(set, "status", "updateRevision"),
                Json.text(set, "status", "currentRevision"));
        assertEquals(3, Json.number(set, 0, "status", "currentReplicas"));
        assertEquals(
                List.of("data-db-0", "data-db-1", "data-db-2"),
                names(cluster.list(Cluster.CLAIMS, "ordered")));
        cluster.awaitEvent(
                "ordered",
                "db",
                "SuccessfulCreate",
                "create Pod db-0 in StatefulSet db successful");
        cluster.awaitEvent(
                "ordered",
                "db",
                "SuccessfulCreate",
                "create Claim data-db-0 Pod db-0 in StatefulSet db success");
    }

    @Test
    void rollsFromTheLastPodOnAndStopsAtThePartition() {
        cluster.namespace("rolling");
        create("rolling", 3, "updateStrategy: {rollingUpdate: {partition: 1}},", false);
        awaitReady("rolling", 3);

        image("rolling", "db:2");

        cluster.await(
                Cluster.STATEFUL_SETS,
                "rolling",
                "db",
                found ->
                        Json.number(found, 0, "status", "updatedReplicas") == 2
                                && Json.number(found, 0, "status", "readyReplicas") == 3);
        Map<String, String> images = images("rolling");
        assertEquals(Map.of("db-0", "db:1", "db-1", "db:2", "db-2", "db:2"), images);
        // A pod below the partition that is lost comes back as it was.
        ObjectNode lost = cluster.get(Cluster.PODS, "rolling", "db-0");
        cluster.delete(Cluster.PODS, "rolling", "db-0", Propagation.BACKGROUND);
        ObjectNode back =
                cluster.await(
                        Cluster.PODS,
                        "rolling",
                        "db-0",
                        pod ->
                                !Json.text(pod, "metadata", "uid")
                                        .equals(Json.text(lost, "metadata", "uid")));
        assertEquals("db:1", image(back));
        cluster.patch(
                Cluster.STATEFUL_SETS,
                "rolling",
                "db",
                "{spec: {updateStrategy: {rollingUpdate: {partition: 0}}}}");
        ObjectNode set =
                cluster.await(
                        Cluster.STATEFUL_SETS,
                        "rolling",
                        "db",
                        found ->
                                Json.number(found, 0, "status", "updatedReplicas") == 3
                                        && Json.text(found, "status", "currentRevision")
                                                .equals(
                                                        Json.text(
                                                                found,
                                                                "status",
                                                                "updateRevision")));
        assertEquals(3, Json.number(set, 0, "status", "currentReplicas"));
        assertEquals(2, cluster.list(Cluster.REVISIONS, "rolling").size());
    }

    @Test
    void waitsForPodsOnDelete() {
        cluster.namespace("ondelete");
        create("ondelete", 2, "updateStrategy: {type: OnDelete},", false);
        awaitReady("ondelete", 2);
        image("ondelete", "db:2");
        cluster.await(
                Cluster.STATEFUL_SETS,
                "ondelete",
                "db",
                found ->
                        !Json.text(found, "status", "currentRevision")
                                .equals(Json.text(found, "status", "updateRevision")));
        assertEquals(Map.of("db-0", "db:1", "db-1", "db:1"), images("ondelete"));

        cluster.delete(Cluster.PODS, "ondelete", "db-0", Propagation.BACKGROUND);

        cluster.await(Cluster.PODS, "ondelete", "db-0", pod -> image(pod).equals("db:2"));
        assertEquals("db:1", images("ondelete").get("db-1"));
    }

    @Test
    void scalesDownFromTheLastPodAndDeletesItsClaim() {
        cluster.namespace("shrinking");
        create(
                "shrinking",
                3,
                "persistentVolumeClaimRetentionPolicy: {whenScaled: Delete, whenDeleted: Retain},",
                true);
        awaitReady("shrinking", 3);

        cluster.patch(Cluster.STATEFUL_SETS, "shrinking", "db", "{spec: {replicas: 1}}");

        cluster.awaitAll(Cluster.PODS, "shrinking", pods -> names(pods).equals(List.of("db-0")));
        cluster.awaitAll(
                Cluster.CLAIMS, "shrinking", claims -> names(claims).equals(List.of("data-db-0")));
    }

    @Test
    void deletesClaimsWithTheSet() {
        cluster.namespace("ending");
        create(
                "ending",
                1,
                "persistentVolumeClaimRetentionPolicy: {whenScaled: Retain, whenDeleted: Delete},",
                true);
        awaitReady("ending", 1);

        cluster.delete(Cluster.STATEFUL_SETS, "ending", "db", Propagation.BACKGROUND);

        cluster.awaitAll(Cluster.PODS, "ending", List::isEmpty);
        cluster.awaitAll(Cluster.CLAIMS, "ending", List::isEmpty);
    }

    @Test
    void makesAllPodsAtOnceInParallel() {
        cluster.namespace("parallel");
        create(
                "parallel",
                4,
                "podManagementPolicy: Parallel, ordinals: {start: 5},",
                false,
                "bad:1");

        List<ObjectNode> pods =
                cluster.awaitAll(Cluster.PODS, "parallel", found -> found.size() == 4);

        assertEquals(List.of("db-5", "db-6", "db-7", "db-8"), names(pods));
        // All are of no use, so that nothing is lost when they make way.
        image("parallel", "db:2");
        awaitReady("parallel", 4);
        assertEquals("db:2", images("parallel").get("db-5"));
    }

    @Test
    void comesBackToAnEarlierTemplate() {
        cluster.namespace("undoing");
        create("undoing", 1, "", false);
        ObjectNode first = awaitReady("undoing", 1);
        image("undoing", "db:2");
        ObjectNode second =
                cluster.await(Cluster.STATEFUL_SETS, "undoing", "db", found -> rolled(found, 2));
        assertNotEquals(
                Json.text(first, "status", "updateRevision"),
                Json.text(second, "status", "updateRevision"));

        image("undoing", "db:1");

        ObjectNode third =
                cluster.await(Cluster.STATEFUL_SETS, "undoing", "db", found -> rolled(found, 3));
        assertEquals(
                Json.text(first, "status", "updateRevision"),
                Json.text(third, "status", "updateRevision"));
        List<Long> numbers =
                cluster.list(Cluster.REVISIONS, "undoing").stream()
                        .map(revision -> Json.number(revision, 0, "revision"))
                        .sorted()
                        .toList();
        assertEquals(List.of(2L, 3L), numbers);
    }

    private static boolean rolled(ObjectNode set, int generation) {
        return Json.number(set, 0, "status", "observedGeneration") == generation
                && Json.number(set, 0, "status", "updatedReplicas") == 1
                && Json.number(set, 0, "status", "readyReplicas") == 1
                && Json.text(set, "status", "currentRevision")
                        .equals(Json.text(set, "status", "updateRevision"));
    }

    private static void create(String namespace, int replicas, String more, boolean claims) {
        create(namespace, replicas, more, claims, "db:1");
    }

    private static void create(
            String namespace, int replicas, String more, boolean claims, String image) {
        String templates =
                claims
                        ? """
                        , volumeClaimTemplates: [{metadata: {name: data},
                           spec: {accessModes: [ReadWriteOnce],
                            resources: {requests: {storage: 1Gi}}}}]
                        """
                        : "";
        cluster.create(
                Cluster.STATEFUL_SETS,
                """
                {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: %s},
                 spec: {replicas: %d, serviceName: dbs, %s selector: {matchLabels: {app: db}},
                  template: {metadata: {labels: {app: db}},
                   spec: {containers: [{name: main, image: "%s"}]}}%s}}
                """
                        .formatted(namespace, replicas, more, image, templates));
    }

    private static void image(String namespace, String image) {
        cluster.patch(
                Cluster.STATEFUL_SETS,
                namespace,
                "db",
                "{spec: {template: {spec: {containers: [{name: main, image: \""
                        + image
                        + "\"}]}}}}");
    }

    private static ObjectNode awaitReady(String namespace, int replicas) {
        return cluster.await(
                Cluster.STATEFUL_SETS,
                namespace,
                "db",
                found ->
                        Json.number(found, 0, "status", "observedGeneration")
                                        == Json.number(found, 0, "metadata", "generation")
                                && Json.number(found, 0, "status", "readyReplicas") == replicas
                                && Json.number(found, 0, "status", "replicas") == replicas
                                && Json.number(found, 0, "status", "availableReplicas")
                                        == replicas);
    }

    private static Map<String, String> images(String namespace) {
        Map<String, String> images = new TreeMap<>();
        cluster.list(Cluster.PODS, namespace)
                .forEach(pod -> images.put(Json.text(pod, "metadata", "name"), image(pod)));
        return images;
    }

    private static List<String> names(List<ObjectNode> objects) {
        return objects.stream().map(object -> Json.text(object, "metadata", "name")).toList();
    }

    private static long revision(ObjectNode pod) {
        return Json.objects(pod, "status", "conditions").isEmpty()
                ? 0
                : Long.parseLong(Json.text(pod, "metadata", "resourceVersion"));
    }

    private static String image(ObjectNode pod) {
        return Json.text(Json.objects(pod, "spec", "containers").getFirst(), "image");
    }
}
