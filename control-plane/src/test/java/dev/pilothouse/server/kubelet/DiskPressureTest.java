package dev.pilothouse.server.kubelet;

import static dev.pilothouse.server.testing.TestCluster.NODES;
import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import dev.pilothouse.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod that takes what is left of the disk is evicted, and only this one. The disk is the
 * machine's; space is taken without being written.
 */
@Timeout(240)
@EnabledOnOs(OS.LINUX)
class DiskPressureTest {

    private static final long GIB = 1L << 30;
    private static final long MARGIN = 3 * GIB;
    private static final long TAKEN = 6 * GIB;

    @TempDir Path directory;

    @Test
    void evictsThePodThatTakesAllSpace() throws IOException {
        long available = Files.getFileStore(directory).getUsableSpace();
        assumeTrue(available > TAKEN + 2 * MARGIN, "there must be some space on the disk");
        Pressure.Thresholds thresholds =
                new Pressure.Thresholds(Pressure.Thresholds.DEFAULT.memory(), available - MARGIN);
        try (TestCluster cluster =
                new TestCluster(directory, new NodeOptions(1, 0, null, true, thresholds))) {
            pod(cluster, "modest", "exec sleep 1000");
            cluster.await(PODS, "default", "modest", pod -> phase(pod).equals("Running"));

            pod(
                    cluster,
                    "greedy",
                    "fallocate -l " + TAKEN + " $VOLUME_CACHE/file; exec sleep 1000");

            ObjectNode greedy =
                    cluster.await(PODS, "default", "greedy", pod -> phase(pod).equals("Failed"));
            String message = Json.text(greedy, "status", "message");
            assertEquals("Evicted", Json.text(greedy, "status", "reason"), message);
            assertTrue(
                    message.matches(
                            "The node was low on resource: ephemeral-storage\\. Threshold quantity: \\d+Ki,"
                                    + " available: \\d+Ki\\. Container c was using 62914\\d\\dKi, request is 0,"
                                    + " has larger consumption of ephemeral-storage\\. "),
                    message);
            ObjectNode target = condition(greedy, "DisruptionTarget");
            assertEquals("True", Json.text(target, "status"));
            assertEquals("TerminationByKubelet", Json.text(target, "reason"));
            cluster.awaitEvent("default", "greedy", "Evicted");
            cluster.awaitEvent("default", "local", "NodeHasDiskPressure");
            ObjectNode node =
                    cluster.await(
                            NODES,
                            "",
                            "local",
                            each ->
                                    Json.text(condition(each, "DiskPressure"), "status")
                                            .equals("False"));
            assertEquals(
                    "KubeletHasNoDiskPressure",
                    Json.text(condition(node, "DiskPressure"), "reason"));
            assertEquals(
                    "Running", phase(cluster.client().resource(PODS).get("default", "modest")));
        }
    }

    private static void pod(TestCluster cluster, String name, String script) {
        cluster.create(
                PODS,
                "{'apiVersion':'v1','kind':'Pod','metadata':{'namespace':'default','name':'%s'},'spec':{'runtimeClassName':'host-process','terminationGracePeriodSeconds':1,'volumes':[{'name':'cache','emptyDir':{}}],'containers':[{'name':'c','image':'none','command':['sh','-c','%s'],'volumeMounts':[{'name':'cache','mountPath':'/cache'}]}]}}"
                        .formatted(name, script));
    }

    private static String phase(ObjectNode pod) {
        return Json.text(pod, "status", "phase");
    }

    private static ObjectNode condition(ObjectNode object, String type) {
        return Json.objects(object, "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .findFirst()
                .orElseGet(Json::object);
    }
}
