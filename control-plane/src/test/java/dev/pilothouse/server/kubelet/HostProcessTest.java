package dev.pilothouse.server.kubelet;

import static dev.pilothouse.server.testing.TestCluster.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Real processes as pods, seen by a client of a whole control plane. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class HostProcessTest {

    private static final GroupVersionResource MAPS =
            new GroupVersionResource("", "v1", "configmaps");

    @TempDir static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new TestCluster(directory, new NodeOptions(1, 0));
        cluster.await(
                TestCluster.NODES,
                "",
                "local",
                node -> condition(node, "Ready", "status").equals("True"));
    }

    @AfterAll
    static void stop() {
        for (ObjectNode pod : cluster.client().resource(PODS).list(ListOptions.ALL).items()) {
            delete(Json.text(pod, "metadata", "name"), 0);
        }
        cluster.close();
    }

    @Test
    void registersNode() {
        ObjectNode node = cluster.client().resource(TestCluster.NODES).get("", "local");

        assertEquals(
                "host-process", Json.text(node, "metadata", "labels", "pilothouse.dev/runtime"));
        assertEquals("KubeletReady", condition(node, "Ready", "reason"));
        assertEquals("False", condition(node, "MemoryPressure", "status"));
        assertEquals("110", Json.text(node, "status", "allocatable", "pods"));
        cluster.await(
                new GroupVersionResource("coordination.k8s.io", "v1", "leases"),
                "kube-node-lease",
                "local",
                lease -> Json.text(lease, "spec", "holderIdentity").equals("local"));
        cluster.awaitEvent("default", "local", "NodeReady");
    }

    @Test
    void runsToSuccess() throws IOException {
        pod(
                "succeeds",
                "'restartPolicy':'Never'",
                command("echo out; echo err >&2; printf bye > $TERMINATION_LOG"));

        ObjectNode pod = await("succeeds", phase("Succeeded"));

        ObjectNode terminated = state(pod, "terminated");
        assertEquals("Completed", Json.text(terminated, "reason"));
        assertEquals(0, Json.number(terminated, -1, "exitCode"));
        assertEquals("bye", Json.text(terminated, "message"));
        assertEquals("PodCompleted", condition(pod, "Ready", "reason"));
        String log = log(pod);
        assertTrue(log.contains(" stdout F out\n"), log);
        assertTrue(log.contains(" stderr F err\n"), log);
    }

    @Test
    void runsToFailure() {
        pod("fails", "'restartPolicy':'Never'", command("exit 3"));

        ObjectNode pod = await("fails", phase("Failed"));

        assertEquals("Error", Json.text(state(pod, "terminated"), "reason"));
        assertEquals(3, Json.number(state(pod, "terminated"), -1, "exitCode"));
        assertEquals("PodFailed", condition(pod, "Ready", "reason"));
    }

    @Test
    void endsDeletedPodWithItsProcesses() {
        pod(
                "deleted",
                "'terminationGracePeriodSeconds':30",
                command("sleep 1000 & echo $! > $CONTAINER_ROOT/child; wait"));
        ObjectNode pod =
                await("deleted", each -> condition(each, "Ready", "status").equals("True"));
        long child = child(pod);

        delete("deleted", -1);

        cluster.awaitGone(PODS, "default", "deleted");
        // Fails by the test's time-out when it lives on.
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
        assertFalse(
                Files.exists(
                        directory.resolve(
                                "nodes/local/pods/" + Json.text(pod, "metadata", "uid"))));
    }

    @Test
    void backsOffFromCrashes() {
        pod("crashes", "'restartPolicy':'Always'", command("exit 1"));

        ObjectNode pod =
                await(
                        "crashes",
                        each ->
                                Json.text(state(each, "waiting"), "reason")
                                        .equals("CrashLoopBackOff"));

        String uid = Json.text(pod, "metadata", "uid");
        assertEquals("Running", Json.text(pod, "status", "phase"));
        assertEquals(
                "back-off 10s restarting failed container=c pod=crashes_default(" + uid + ")",
                Json.text(state(pod, "waiting"), "message"));
        assertEquals(1, Json.number(container(pod), 0, "restartCount"));
        assertEquals(1, Json.number(container(pod), 0, "lastState", "terminated", "exitCode"));
        cluster.awaitEvent("default", "crashes", "BackOff");
    }

    @Test
    void saysThatCommandIsMissing() {
        pod("no-command", "'restartPolicy':'Never'", "'command':['no-such-program']");

        ObjectNode pod = await("no-command", phase("Failed"));

        assertEquals("StartError", Json.text(state(pod, "terminated"), "reason"));
        assertEquals(128, Json.number(state(pod, "terminated"), 0, "exitCode"));
        assertTrue(
                Json.text(state(pod, "terminated"), "message")
                        .contains("executable file not found in $PATH"));
        cluster.awaitEvent("default", "no-command", "Failed");
    }

    @Test
    void saysThatConfigMapIsMissing() {
        pod(
                "no-map",
                "'restartPolicy':'Never'",
                command("true")
                        + ",'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'absent','key':'a'}}}]");

        ObjectNode pod =
                await("no-map", each -> !Json.text(state(each, "waiting"), "message").isEmpty());

        assertEquals("CreateContainerConfigError", Json.text(state(pod, "waiting"), "reason"));
        assertEquals("configmap \"absent\" not found", Json.text(state(pod, "waiting"), "message"));
    }

    @Test
    void refusesPodsOfOtherRuntimes() {
        cluster.create(
                PODS,
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'ordinary','namespace':'default'},'spec':{'nodeName':'local','containers':[{'name':'c','image':'i','command':['true']}]}}");

        ObjectNode event = cluster.awaitEvent("default", "ordinary", "FailedCreatePodSandBox");

        assertTrue(Json.text(event, "message").contains("runtimeClassName: host-process"));
        assertEquals(
                "Pending",
                Json.text(
                        cluster.client().resource(PODS).get("default", "ordinary"),
                        "status",
                        "phase"));
    }

    @Test
    void refusesUnknownRuntimeClass() {
        ApiException refused =
                assertThrows(
                        ApiException.class,
                        () ->
                                cluster.create(
                                        PODS,
                                        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'u','namespace':'default'},'spec':{'runtimeClassName':'nowhere','containers':[{'name':'c','image':'i'}]}}"));

        assertEquals(403, refused.status().code());
        assertTrue(refused.status().message().contains("RuntimeClass \"nowhere\" not found"));
    }

    @Test
    void updatesMountedConfigMap() throws Exception {
        map("mounted", "one");
        pod(
                "mounts",
                "'volumes':[{'name':'v','configMap':{'name':'mounted'}}]",
                command("sleep 1000") + ",'volumeMounts':[{'name':'v','mountPath':'/etc/v'}]");
        ObjectNode pod = await("mounts", each -> condition(each, "Ready", "status").equals("True"));
        Path file = root(pod).resolve("etc/v/key");
        assertEquals("one", Files.readString(file));

        cluster.patch(MAPS, "default", "mounted", "{'data':{'key':'two'}}");

        while (!Files.readString(file).equals("two")) {
            Thread.sleep(20);
        }
    }

    private static void map(String name, String value) {
        cluster.create(
                MAPS,
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'%s','namespace':'default'},'data':{'key':'%s'}}"
                        .formatted(name, value));
    }

    static String command(String script) {
        return "'command':['sh','-c','" + script + "']";
    }

    private static void pod(String name, String spec, String container) {
        cluster.create(
                PODS,
                ("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default'},'spec':{'nodeName':'local',"
                                + "'runtimeClassName':'host-process',%s,'containers':[{'name':'c','image':'i',%s}]}}")
                        .formatted(name, spec, container));
    }

    private static void delete(String name, long grace) {
        cluster.client()
                .resource(PODS)
                .delete(
                        "default",
                        name,
                        new DeleteOptions(DeleteOptions.Propagation.DEFAULT, grace, "", ""));
    }

    private static ObjectNode await(String name, Predicate<ObjectNode> wanted) {
        return cluster.await(PODS, "default", name, wanted);
    }

    private static Predicate<ObjectNode> phase(String phase) {
        return pod -> Json.text(pod, "status", "phase").equals(phase);
    }

    static ObjectNode container(ObjectNode pod) {
        var all = Json.objects(pod, "status", "containerStatuses");
        return all.isEmpty() ? Json.object() : all.getFirst();
    }

    private static ObjectNode state(ObjectNode pod, String state) {
        ObjectNode found = Json.objectAt(container(pod), "state", state);
        return found == null ? Json.object() : found;
    }

    static String condition(ObjectNode object, String type, String field) {
        return Json.objects(object, "status", "conditions").stream()
                .filter(each -> Json.text(each, "type").equals(type))
                .map(each -> Json.text(each, field))
                .findFirst()
                .orElse("");
    }

    private static Path root(ObjectNode pod) {
        String id = Json.text(container(pod), "containerID").replace("process://", "");
        return directory.resolve("nodes/local/runtime/containers/" + id + "/root");
    }

    private static long child(ObjectNode pod) {
        Path file = root(pod).resolve("child");
        while (true) {
            try {
                String text = Files.readString(file).strip();
                if (!text.isEmpty()) {
                    return Long.parseLong(text);
                }
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static String log(ObjectNode pod) throws IOException {
        return Files.readString(
                directory.resolve(
                        "nodes/local/logs/default_"
                                + Json.text(pod, "metadata", "name")
                                + "_"
                                + Json.text(pod, "metadata", "uid")
                                + "/c/0.log"));
    }
}
