package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.clients.ClientBinaries.Binary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pods that cannot live show with kubectl what they show in Kubernetes: phase, reason, condition
 * and event. All but the one whose image cannot be pulled are host processes; those have no images.
 */
@Tag("clients")
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class BadPodsTest {

    @TempDir static Path directory;

    private static ServerProcess server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        Binary binary = ClientBinaries.find("kubectl", List.of("1.32")).getFirst();
        server = ServerProcess.start(directory, "--process-nodes", "1", "--simulated-nodes", "1");
        kubectl = new Kubectl(binary, server, directory);
        kubectl.await("get nodes -o name", names -> names.lines().count() == 2);
        kubectl.ask("wait --for=condition=Ready node --all --timeout=60s");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            kubectl.ask("delete pods --all --now");
            server.close();
        }
    }

    @Test
    void unschedulable() throws Exception {
        pod("big", "{containers: [{name: c, image: i, resources: {requests: {cpu: 1000}}}]}");

        assertEquals("False:Unschedulable", awaitCondition("big", "PodScheduled", "Unschedulable"));
        String message =
                "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s)."
                        + " no new claims to deallocate, preemption: 0/2 nodes are available:"
                        + " 2 Preemption is not helpful for scheduling.";
        assertEquals(
                message, field("big", "{.status.conditions[?(@.type==\"PodScheduled\")].message}"));
        assertEquals("Pending", field("big", "{.status.phase}"));
        assertEquals("0/1 Pending 0", columns("big"));
        assertEquals("Warning " + message, awaitEvent("big", "FailedScheduling", ""));
    }

    @Test
    void unpullable() throws Exception {
        kubectl.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: unpullable
                  annotations: {simulated.pilothouse.dev/image-error: "true"}
                spec: {containers: [{name: c, image: "no/such:image"}]}
                """);

        awaitField(
                "unpullable",
                "{.status.containerStatuses[0].state.waiting.reason}",
                "ImagePullBackOff");
        assertEquals("Pending", field("unpullable", "{.status.phase}"));
        assertEquals("0/1 ImagePullBackOff 0", columns("unpullable"));
        assertEquals(
                "False:ContainersNotReady",
                awaitCondition("unpullable", "Ready", "ContainersNotReady"));
        assertTrue(
                awaitEvent("unpullable", "Failed", "Failed to pull image")
                        .startsWith("Warning Failed to pull image \"no/such:image\": "));
        assertEquals(
                "Warning Error: ErrImagePull",
                awaitEvent("unpullable", "Failed", "Error: ErrImagePull"));
        assertTrue(
                awaitEvent("unpullable", "BackOff", "Back-off pulling")
                        .startsWith("Normal Back-off pulling image \"no/such:image\""));
        assertEquals(
                "Warning Error: ImagePullBackOff",
                awaitEvent("unpullable", "Failed", "Error: ImagePullBackOff"));
    }

    @Test
    void crashing() throws Exception {
        process("crashing", "", "containers: [{name: c, image: none, command: [sh, -c, exit 3]}]");

        awaitField(
                "crashing",
                "{.status.containerStatuses[0].state.waiting.reason}",
                "CrashLoopBackOff");
        String uid = field("crashing", "{.metadata.uid}");
        assertEquals("Running", field("crashing", "{.status.phase}"));
        assertTrue(
                columns("crashing").matches("0/1 CrashLoopBackOff [1-9].*"),
                () -> columns("crashing"));
        assertEquals(
                "Error 3",
                field(
                        "crashing",
                        "{.status.containerStatuses[0].lastState.terminated.reason}"
                                + " {.status.containerStatuses[0].lastState.terminated.exitCode}"));
        assertEquals(
                "False:ContainersNotReady",
                awaitCondition("crashing", "Ready", "ContainersNotReady"));
        assertEquals(
                "Warning Back-off restarting failed container c in pod crashing_default("
                        + uid
                        + ")",
                awaitEvent("crashing", "BackOff", ""));
    }

    @Test
    void neverReady() throws Exception {
        process(
                "unready",
                "",
                """
                containers:
                  - name: c
                    image: none
                    command: [sleep, "1000"]
                    ports: [{containerPort: 8080}]
                    readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1}
                """);

        String event = awaitEvent("unready", "Unhealthy", "");
        assertTrue(
                event.matches(
                        "Warning Readiness probe failed: Get \"http://127\\.0\\.0\\.1:\\d+/ready\": dial tcp"
                                + " 127\\.0\\.0\\.1:\\d+: connect: connection refused"),
                event);
        assertEquals("Running", field("unready", "{.status.phase}"));
        assertEquals("0/1 Running 0", columns("unready"));
        assertEquals(
                "False:ContainersNotReady",
                awaitCondition("unready", "Ready", "ContainersNotReady"));
        assertEquals(
                "containers with unready status: [c]",
                field("unready", "{.status.conditions[?(@.type==\"Ready\")].message}"));
        assertEquals(
                "true false",
                field(
                        "unready",
                        "{.status.containerStatuses[0].started} {.status.containerStatuses[0].ready}"));
    }

    @Test
    void notAlive() throws Exception {
        process(
                "dead",
                "terminationGracePeriodSeconds: 1",
                """
                containers:
                  - name: c
                    image: none
                    command: [sleep, "1000"]
                    livenessProbe: {exec: {command: [sh, -c, "echo I am ill; exit 1"]}, periodSeconds: 1, failureThreshold: 2}
                """);

        assertEquals(
                "Warning Liveness probe failed: I am ill", awaitEvent("dead", "Unhealthy", ""));
        assertEquals(
                "Normal Container c failed liveness probe, will be restarted",
                awaitEvent("dead", "Killing", ""));
        kubectl.await(
                "get pod dead -o jsonpath='{.status.containerStatuses[0].restartCount}'",
                count -> !count.isEmpty() && Integer.parseInt(count) > 0);
    }

    @Test
    void outOfMemory() throws Exception {
        // Holds 100 MB, for what has no end of line cannot be cut.
        process(
                "hungry",
                "restartPolicy: Never",
                """
                containers:
                  - name: c
                    image: none
                    command: [sh, -c, "head -c 100000000 /dev/zero | tail -n 1 | sleep 1000"]
                    resources: {limits: {memory: 32Mi}}
                """);

        awaitField("hungry", "{.status.phase}", "Failed");
        assertEquals(
                "OOMKilled 137",
                field(
                        "hungry",
                        "{.status.containerStatuses[0].state.terminated.reason}"
                                + " {.status.containerStatuses[0].state.terminated.exitCode}"));
        assertEquals("0/1 OOMKilled 0", columns("hungry"));
        assertEquals("False:PodFailed", awaitCondition("hungry", "Ready", "PodFailed"));
    }

    @Test
    void fullVolume() throws Exception {
        process(
                "full-volume",
                "",
                """
                volumes: [{name: cache, emptyDir: {sizeLimit: 1Mi}}]
                containers:
                  - name: c
                    image: none
                    command: [sh, -c, "head -c 3000000 /dev/zero > $VOLUME_CACHE/file; exec sleep 1000"]
                    volumeMounts: [{name: cache, mountPath: /cache}]
                """);

        evicted("full-volume", "Usage of EmptyDir volume \"cache\" exceeds the limit \"1Mi\".");
    }

    @Test
    void fullDisk() throws Exception {
        process(
                "full-disk",
                "",
                """
                containers:
                  - name: c
                    image: none
                    command: [sh, -c, "head -c 3000000 /dev/zero > file; exec sleep 1000"]
                    resources: {limits: {ephemeral-storage: 1Mi}}
                  - name: modest
                    image: none
                    command: [sleep, "1000"]
                    resources: {limits: {ephemeral-storage: 1Gi}}
                """);

        evicted("full-disk", "Container c exceeded its local ephemeral storage limit \"1Mi\".");
    }

    private static void evicted(String name, String message) {
        awaitField(name, "{.status.phase}", "Failed");
        assertEquals("Evicted", field(name, "{.status.reason}"));
        assertEquals(message, field(name, "{.status.message}"));
        // What became of the container comes before what became of the pod, in Kubernetes as well.
        assertTrue(columns(name).contains(" Error "), () -> columns(name));
        assertEquals("Warning " + message, awaitEvent(name, "Evicted", ""));
        kubectl.await(
                "get pod " + name + " -o jsonpath='{.status.containerStatuses[*].state.running}'",
                String::isEmpty);
    }

    private static void process(String name, String fields, String containers) throws Exception {
        String spec = (fields.isEmpty() ? "" : fields + "\n") + containers.strip();
        kubectl.apply(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: "
                        + name
                        + "}\nspec:\n"
                        + ("runtimeClassName: host-process\n" + spec).indent(2));
    }

    private static void pod(String name, String spec) throws Exception {
        kubectl.apply(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + "}\nspec: " + spec + "\n");
    }

    private static String field(String name, String path) {
        return kubectl.ask("get pod " + name + " -o jsonpath='" + path + "'");
    }

    private static void awaitField(String name, String path, String value) {
        kubectl.await("get pod " + name + " -o jsonpath='" + path + "'", value::equals);
    }

    /** Status and reason of a condition, once it has the reason. */
    private static String awaitCondition(String name, String type, String reason) {
        String condition = "{.status.conditions[?(@.type==\"" + type + "\")]";
        return kubectl.await(
                "get pod "
                        + name
                        + " -o jsonpath='"
                        + condition
                        + ".status}:"
                        + condition
                        + ".reason}'",
                text -> text.endsWith(":" + reason));
    }

    /** READY, STATUS and RESTARTS as kubectl prints them. */
    private static String columns(String name) {
        String[] words = kubectl.ask("get pod " + name + " --no-headers").split(" +");
        return words[1] + " " + words[2] + " " + words[3];
    }

    /** Type and message of an event of this reason that begins with a text. */
    private static String awaitEvent(String name, String reason, String beginning) {
        String query =
                "get events --field-selector involvedObject.name="
                        + name
                        + ",reason="
                        + reason
                        + " -o jsonpath='{range .items[*]}{.type} {.message}{\"\\n\"}{end}'";
        String events =
                kubectl.await(
                        query, text -> text.lines().anyMatch(line -> isAbout(line, beginning)));
        return events.lines().filter(line -> isAbout(line, beginning)).findFirst().orElseThrow();
    }

    private static boolean isAbout(String line, String beginning) {
        return line.substring(line.indexOf(' ') + 1).startsWith(beginning);
    }
}
