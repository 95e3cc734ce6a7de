package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.clients.ClientBinaries.Binary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What kubelets answer, asked through {@code nodes/proxy}. */
@Tag("clients")
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class NodeProxyTest {

    @TempDir static Path directory;

    private static ServerProcess server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        Binary binary = ClientBinaries.find("kubectl", List.of("1.32")).getFirst();
        server = ServerProcess.start(directory, "--process-nodes", "1", "--simulated-nodes", "1");
        kubectl = new Kubectl(binary, server, directory);
        kubectl.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: busy}
                spec:
                  runtimeClassName: host-process
                  terminationGracePeriodSeconds: 1
                  containers:
                    - {name: c, image: none, command: [sh, -c, "while :; do echo at work; sleep 0.1; done"]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: pretended}
                spec: {containers: [{name: c, image: busybox}]}
                """);
        kubectl.ask("wait --for=condition=Ready pod/busy pod/pretended --timeout=60s");
        kubectl.await(
                "get --raw /api/v1/nodes/local/proxy/stats/summary",
                text -> text.contains("\"busy\""));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            kubectl.ask("delete pods --all --now");
            server.close();
        }
    }

    private static String get(String path) {
        return kubectl.ask("get --raw /api/v1/nodes/" + path);
    }

    @ParameterizedTest
    @CsvSource({"local,busy", "sim-1,pretended"})
    void saysWhatItRuns(String node, String pod) {
        assertEquals("ok", get(node + "/proxy/healthz"));
        assertEquals("ok", get(node + ":10250/proxy/healthz"));
        assertEquals("ok", get("https:" + node + ":10250/proxy/healthz"));
        for (String path : List.of("/pods", "/pods/", "/runningpods/")) {
            ObjectNode pods = Json.parseObject(get(node + "/proxy" + path));
            assertEquals("PodList", Json.text(pods, "kind"));
            assertEquals(
                    List.of(pod),
                    Json.objects(pods, "items").stream()
                            .map(each -> Json.text(each, "metadata", "name"))
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"local,busy", "sim-1,pretended"})
    void saysWhatIsUsed(String node, String pod) {
        ObjectNode summary = Json.parseObject(get(node + "/proxy/stats/summary"));
        assertEquals(node, Json.text(summary, "node", "nodeName"));
        assertTrue(Json.number(summary, 0, "node", "memory", "workingSetBytes") > 0);
        ObjectNode first = Json.objects(summary, "pods").getFirst();
        assertEquals(pod, Json.text(first, "podRef", "name"));
        assertTrue(Json.number(first, 0, "memory", "workingSetBytes") > 0, first::toString);
        ObjectNode container = Json.objects(first, "containers").getFirst();
        assertEquals("c", Json.text(container, "name"));
        assertTrue(Json.text(container, "startTime").startsWith("20"), container::toString);
        String metrics = get(node + "/proxy/metrics/resource");
        assertTrue(
                metrics.contains(
                        "container_memory_working_set_bytes{container=\"c\",namespace=\"default\",pod=\""
                                + pod
                                + "\"} "),
                metrics);
        assertTrue(metrics.contains("# TYPE node_memory_working_set_bytes gauge\n"), metrics);
        assertTrue(metrics.endsWith("scrape_error 0"), metrics);
    }

    @ParameterizedTest
    @CsvSource({"local,busy", "sim-1,pretended"})
    void saysWhatIsOnDisk(String node, String pod) {
        ObjectNode summary = Json.parseObject(get(node + "/proxy/stats/summary"));
        long capacity = Json.number(summary, 0, "node", "fs", "capacityBytes");
        assertTrue(capacity > 0, summary::toString);
        assertTrue(Json.number(summary, 0, "node", "fs", "availableBytes") <= capacity);
        ObjectNode first = Json.objects(summary, "pods").getFirst();
        assertTrue(Json.number(first, 0, "ephemeral-storage", "usedBytes") > 0, first::toString);
        ObjectNode container = Json.objects(first, "containers").getFirst();
        assertTrue(Json.number(container, 0, "logs", "usedBytes") > 0, container::toString);
        ObjectNode brief =
                Json.parseObject(get(node + "/proxy/stats/summary?only_cpu_and_memory=true"));
        assertEquals(null, Json.objectAt(brief, "node", "fs"));
        String metrics = get(node + "/proxy/metrics/cadvisor");
        assertTrue(
                metrics.lines()
                        .anyMatch(line ->
                                line.startsWith(
                                                "container_memory_working_set_bytes{container=\"c\"")
                                        && line.contains("namespace=\"default\"")
                                        && line.contains("pod=\"" + pod + "\"")),
                metrics);
        assertTrue(metrics.contains("container_fs_usage_bytes{container=\"c\",device="), metrics);
        assertTrue(metrics.contains("machine_cpu_cores "), metrics);
        assertTrue(get(node + "/proxy/metrics").contains("kubelet_running_pods 1"));
    }

    @Test
    void showsFilesOfLogs() {
        assertTrue(get("local/proxy/logs/").contains("<a href=\"pods/\">pods/</a>"));
        String directories = get("local/proxy/logs/pods/");
        String name = directories.replaceAll("(?s).*>(default_busy_[^/]*)/<.*", "$1");
        String file = "local/proxy/logs/pods/" + name + "/c/0.log";
        assertTrue(get(file).contains("stdout F at work"), directories);
    }

    @Test
    void runsCommandsWhereTheyAreAskedFor() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty"), "");
        for (String at :
                List.of("local/proxy/run/default/busy/c", "sim-1/proxy/run/default/pretended/c")) {
            String printed =
                    kubectl.ask(
                            "create --raw /api/v1/nodes/" + at + "?cmd=echo%20hello -f " + empty);
            assertEquals("hello", printed.strip());
        }
    }

    /** The CPU time of processes is counted, and only grows. */
    @Test
    void countsCpuTimeOfProcesses() {
        String path = "get --raw /api/v1/nodes/local/proxy/metrics/resource";
        double before = cpu(kubectl.ask(path));
        kubectl.await(path, text -> cpu(text) > before);
    }

    private static double cpu(String metrics) {
        String name =
                "container_cpu_usage_seconds_total{container=\"c\",namespace=\"default\",pod=\"busy\"} ";
        String line =
                metrics.lines().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
        return Double.parseDouble(line.substring(name.length()).split(" ")[0]);
    }

    @Test
    void showsLogsAndSettings() {
        // More may have been written before the end was read.
        List<String> lines =
                get("local/proxy/containerLogs/default/busy/c?tailLines=1").lines().toList();
        assertTrue(!lines.isEmpty() && lines.size() < 20, lines::toString);
        assertTrue(lines.stream().allMatch("at work"::equals), lines::toString);
        ObjectNode config = Json.parseObject(get("local/proxy/configz"));
        assertEquals("KubeletConfiguration", Json.text(config, "kubeletconfig", "kind"));
        assertEquals(110, Json.number(config, 0, "kubeletconfig", "maxPods"));
    }

    @Test
    void refusesWhatIsNotThere() throws Exception {
        assertEquals("nodes \"none\" not found", refusal("none/proxy/healthz"));
        assertTrue(refusal("local/proxy/nothing").contains("the server could not find"));
        // It is on the other node.
        assertTrue(
                refusal("local/proxy/containerLogs/default/pretended/c")
                        .contains("the server could not find"));
        assertTrue(refusal("local:80/proxy/healthz").contains("port 10250 only"));
    }

    private static String refusal(String path) throws Exception {
        ClientProcess process = kubectl.start("get --raw /api/v1/nodes/" + path, "");
        assertEquals(1, process.exit(Duration.ofSeconds(60)));
        return process.error().strip().replaceFirst("^Error from server[^:]*: ", "");
    }
}
