package dev.pilothouse.server.controller;

import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Volumes and claims over a whole control plane; the test plays the scheduler. */
@Timeout(120)
class VolumeControllersTest {

    private static final GroupVersionResource CLAIMS =
            new GroupVersionResource("", "v1", "persistentvolumeclaims");
    private static final GroupVersionResource VOLUMES =
            new GroupVersionResource("", "v1", "persistentvolumes");
    private static final GroupVersionResource CLASSES =
            new GroupVersionResource("storage.k8s.io", "v1", "storageclasses");

    @TempDir static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new TestCluster(directory);
        cluster.node("real", "{'kubernetes.io/hostname':'real-host'}");
        cluster.node("pretend", "{'pilothouse.dev/runtime':'simulated'}");
        storageClass("now", "pilothouse.dev/local-path", "Immediate");
        storageClass("manual", "kubernetes.io/no-provisioner", "Immediate");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void makesAVolumeWhereThePodIsAndTakesItAwayAgain() throws Exception {
        ObjectNode claim = claim("waiting", "", "1Gi", "");
        assertEquals("standard", Json.text(claim, "spec", "storageClassName"));
        assertEquals(
                "waiting for first consumer to be created before binding",
                Json.text(
                        cluster.awaitEvent("default", "waiting", "WaitForFirstConsumer"),
                        "message"));

        select("waiting", "real");

        ObjectNode bound = awaitPhase("waiting", "Bound");
        assertEquals("1Gi", Json.text(bound, "status", "capacity", "storage"));
        String name = "pvc-" + Json.text(claim, "metadata", "uid");
        assertEquals(name, Json.text(bound, "spec", "volumeName"));
        ObjectNode volume =
                cluster.await(
                        VOLUMES,
                        "",
                        name,
                        found -> Json.text(found, "status", "phase").equals("Bound"));
        Path folder = Path.of(Json.text(volume, "spec", "local", "path"));
        assertEquals(
                cluster.directory()
                        .resolve("volumes")
                        .resolve("default-waiting-" + Json.text(claim, "metadata", "uid")),
                folder);
        assertTrue(Json.string(volume.path("spec").path("nodeAffinity")).contains("real-host"));
        assertEquals(
                "pilothouse.dev/local-path",
                Json.text(volume, "metadata", "annotations", "pv.kubernetes.io/provisioned-by"));
        Files.createDirectories(folder.resolve("deep/er"));
        Files.writeString(folder.resolve("deep/er/file"), "content");
        cluster.awaitEvent("default", "waiting", "ProvisioningSucceeded");

        cluster.client().resource(CLAIMS).delete("default", "waiting", DeleteOptions.DEFAULT);
        cluster.awaitGone(CLAIMS, "default", "waiting");
        cluster.awaitGone(VOLUMES, "", name);
        assertFalse(Files.exists(folder));
    }

    @Test
    void volumesOfSimulatedNodesHaveNoFolder() {
        claim("pretended", "", "1Gi", "");
        select("pretended", "pretend");

        ObjectNode bound = awaitPhase("pretended", "Bound");
        ObjectNode volume =
                cluster.client().resource(VOLUMES).get("", Json.text(bound, "spec", "volumeName"));
        assertFalse(Files.exists(Path.of(Json.text(volume, "spec", "hostPath", "path"))));
        assertFalse(volume.path("spec").has("nodeAffinity"));
    }

    @Test
    void growsWhereTheClassAllows() {
        claim("growing", "'storageClassName':'now',", "1Gi", "");
        awaitPhase("growing", "Bound");

        cluster.patch(
                CLAIMS,
                "default",
                "growing",
                "{'spec':{'resources':{'requests':{'storage':'3Gi'}}}}");

        ObjectNode grown =
                cluster.await(
                        CLAIMS,
                        "default",
                        "growing",
                        claim -> Json.text(claim, "status", "capacity", "storage").equals("3Gi"));
        ObjectNode volume =
                cluster.client().resource(VOLUMES).get("", Json.text(grown, "spec", "volumeName"));
        assertEquals("3Gi", Json.text(volume, "spec", "capacity", "storage"));
    }

    @Test
    void bindsTheSmallestVolumeThatWillDoAndKeepsItAfterwards() {
        volume("large", "10Gi", "'labels':{'tier':'a'}", "");
        volume("small", "1Gi", "'labels':{'tier':'a'}", "");
        volume("middle", "5Gi", "'labels':{'tier':'a'}", "");
        volume("other", "2Gi", "'labels':{'tier':'b'}", "");

        claim(
                "static",
                "'storageClassName':'manual',",
                "2Gi",
                "'selector':{'matchLabels':{'tier':'a'}},");

        ObjectNode bound = awaitPhase("static", "Bound");
        assertEquals("middle", Json.text(bound, "spec", "volumeName"));
        assertEquals("5Gi", Json.text(bound, "status", "capacity", "storage"));
        assertThrows(
                ApiException.class,
                () ->
                        cluster.patch(
                                CLAIMS,
                                "default",
                                "static",
                                "{'spec':{'resources':{'requests':{'storage':'3Gi'}}}}"));
        cluster.client().resource(CLAIMS).delete("default", "static", DeleteOptions.DEFAULT);
        awaitVolume("middle", "Released");
        cluster.patch(VOLUMES, "", "middle", "{'spec':{'claimRef':null}}");
        awaitVolume("middle", "Available");
    }

    @Test
    void keepsAVolumeForTheClaimItNames() {
        volume("kept", "1Gi", "", "'claimRef':{'namespace':'default','name':'chosen'},");
        awaitVolume("kept", "Available");
        claim(
                "stranger",
                "'storageClassName':'manual',",
                "500Mi",
                "'selector':{'matchLabels':{'no':'where'}},");
        claim("chosen", "'storageClassName':'manual',", "1Gi", "");
        assertEquals("kept", Json.text(awaitPhase("chosen", "Bound"), "spec", "volumeName"));
        assertEquals(
                "Pending",
                Json.text(
                        cluster.client().resource(CLAIMS).get("default", "stranger"),
                        "status",
                        "phase"));
    }

    @Test
    void claimOfALostVolumeIsLost() {
        volume("fragile", "7Gi", "'labels':{'only':'fragile'}", "");
        claim(
                "loser",
                "'storageClassName':'manual',",
                "7Gi",
                "'selector':{'matchLabels':{'only':'fragile'}},");
        awaitPhase("loser", "Bound");
        awaitVolume("fragile", "Bound");

        cluster.client().resource(VOLUMES).delete("", "fragile", DeleteOptions.DEFAULT);
        // The finalizer keeps it while it is bound; somebody takes it off by force.
        cluster.await(
                VOLUMES,
                "",
                "fragile",
                volume -> !Json.text(volume, "metadata", "deletionTimestamp").isEmpty());
        cluster.patch(VOLUMES, "", "fragile", "{'metadata':{'finalizers':null}}");

        awaitPhase("loser", "Lost");
        cluster.awaitEvent("default", "loser", "ClaimLost");
    }

    @Test
    void claimStaysWhileAPodUsesIt() {
        claim("used", "'storageClassName':'now',", "1Gi", "");
        awaitPhase("used", "Bound");
        cluster.pod(
                "default",
                "user",
                "{}",
                "pretend",
                "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'used'}}]");
        cluster.client().resource(CLAIMS).delete("default", "used", DeleteOptions.DEFAULT);
        ObjectNode claim = cluster.client().resource(CLAIMS).get("default", "used");
        assertTrue(Json.string(claim).contains("kubernetes.io/pvc-protection"));

        cluster.client()
                .resource(PODS)
                .delete("default", "user", new DeleteOptions(Propagation.DEFAULT, 0, "", ""));

        cluster.awaitGone(CLAIMS, "default", "used");
    }

    @Test
    void saysWhyNothingIsBound() {
        claim("classless", "'storageClassName':'',", "1Gi", "");
        assertEquals(
                "no persistent volumes available for this claim and no storage class is set",
                Json.text(cluster.awaitEvent("default", "classless", "FailedBinding"), "message"));
        claim("unknown", "'storageClassName':'nowhere',", "1Gi", "");
        assertEquals(
                "storageclass.storage.k8s.io \"nowhere\" not found",
                Json.text(
                        cluster.awaitEvent("default", "unknown", "ProvisioningFailed"), "message"));
    }

    private static void storageClass(String name, String provisioner, String mode) {
        cluster.create(
                CLASSES,
                "{'apiVersion':'storage.k8s.io/v1','kind':'StorageClass','metadata':{'name':'%s'},'provisioner':'%s','volumeBindingMode':'%s','allowVolumeExpansion':%s}"
                        .formatted(name, provisioner, mode, name.equals("now")));
    }

    private static ObjectNode claim(String name, String prefix, String size, String more) {
        return cluster.create(
                CLAIMS,
                "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'namespace':'default','name':'%s'},'spec':{%s%s'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'%s'}}}}"
                        .formatted(name, prefix, more, size));
    }

    private static void volume(String name, String size, String metadata, String spec) {
        cluster.create(
                VOLUMES,
                "{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'%s'%s},'spec':{%s'storageClassName':'manual','accessModes':['ReadWriteOnce'],'capacity':{'storage':'%s'},'persistentVolumeReclaimPolicy':'Retain','hostPath':{'path':'/data'}}}"
                        .formatted(name, metadata.isEmpty() ? "" : "," + metadata, spec, size));
    }

    private static void select(String claim, String node) {
        cluster.patch(
                CLAIMS,
                "default",
                claim,
                "{'metadata':{'annotations':{'volume.kubernetes.io/selected-node':'"
                        + node
                        + "'}}}");
    }

    private static ObjectNode awaitPhase(String claim, String phase) {
        return cluster.await(
                CLAIMS,
                "default",
                claim,
                found -> Json.text(found, "status", "phase").equals(phase));
    }

    private static void awaitVolume(String volume, String phase) {
        cluster.await(
                VOLUMES, "", volume, found -> Json.text(found, "status", "phase").equals(phase));
    }
}
