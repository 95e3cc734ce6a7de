package dev.pilothouse.server.kubelet;

import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import dev.pilothouse.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Pods that are told to end when the control plane ends. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
class StopProcessesTest {

    @TempDir Path directory;

    /** They may say goodbye, and the API tells afterwards what became of them. */
    @Test
    void endsPodsGracefully() throws IOException {
        Path files = Files.createDirectory(directory.resolve("files"));
        Path data = directory.resolve("data");
        try (TestCluster cluster = open(data)) {
            cluster.create(
                    PODS,
                    "{'apiVersion':'v1','kind':'Pod','metadata':{'namespace':'default','name':'polite'},'spec':{'runtimeClassName':'host-process','volumes':[{'name':'files','hostPath':{'path':'%s'}}],'containers':[{'name':'c','image':'none','command':['sh','-c','trap \\\"echo bye > $VOLUME_FILES/bye; exit 0\\\" TERM; echo $$$$ > $VOLUME_FILES/pid; while :; do sleep 0.1; done'],'volumeMounts':[{'name':'files','mountPath':'/files'}],'readinessProbe':{'exec':{'command':['test','-s','%s/pid']},'periodSeconds':1}}]}}"
                            .formatted(files, files));
            cluster.await(PODS, "default", "polite", StopProcessesTest::isReady);
        }

        assertEquals("bye", Files.readString(files.resolve("bye")).strip());
        long pid = Long.parseLong(Files.readString(files.resolve("pid")).strip());
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
        try (TestCluster cluster = open(data)) {
            ObjectNode pod =
                    cluster.await(
                            PODS,
                            "default",
                            "polite",
                            each -> Json.text(each, "status", "phase").equals("Failed"));
            assertEquals("Terminated", Json.text(pod, "status", "reason"));
            assertEquals(
                    "Pod was terminated in response to imminent node shutdown.",
                    Json.text(pod, "status", "message"));
        }
    }

    private static TestCluster open(Path data) {
        return new TestCluster(
                data, new NodeOptions(1, 0, null, true, Pressure.Thresholds.DEFAULT));
    }

    private static boolean isReady(ObjectNode pod) {
        return Json.objects(pod, "status", "conditions").stream()
                .anyMatch(condition ->
                        Json.text(condition, "type").equals("Ready")
                                && Json.text(condition, "status").equals("True"));
    }
}
