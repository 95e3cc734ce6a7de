package dev.pilothouse.server.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.HttpTransport;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.Watch;
import dev.pilothouse.model.client.WatchOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.WatchEvent;
import dev.pilothouse.server.pki.ClusterPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Host processes outlive the control plane, whose next run finds them again. */
@Timeout(240)
@DisabledOnOs(OS.WINDOWS)
class ProcessAdoptionTest {

    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    @TempDir Path directory;

    @Test
    void findsProcessesAgainAfterKill() throws Exception {
        Path data = directory.resolve("data");
        Path signal = directory.resolve("signal");
        Path lines = directory.resolve("lines");
        String id;
        try (ServerChild server = ServerChild.start(data);
                HttpTransport transport = transport(server, data)) {
            ResourceClient pods = new ApiClient(transport).resource(PODS);
            create(
                    pods,
                    "stays",
                    "while ! test -e "
                            + lines
                            + "; do sleep 0.1; done; echo meanwhile; exec sleep 1000");
            create(pods, "ends", "while ! test -e " + signal + "; do sleep 0.1; done; exit 7");
            id = containerId(await(pods, "stays", ProcessAdoptionTest::isReady));
            await(pods, "ends", ProcessAdoptionTest::isReady);
            server.kill();
        }
        long process = pid(data, id);
        assertTrue(ProcessHandle.of(process).isPresent());
        Files.createFile(lines);
        Files.createFile(signal);

        try (ServerChild server = ServerChild.start(data);
                HttpTransport transport = transport(server, data)) {
            ResourceClient pods = new ApiClient(transport).resource(PODS);
            ObjectNode ended =
                    await(pods, "ends", pod -> Json.text(pod, "status", "phase").equals("Failed"));
            ObjectNode container = Json.objects(ended, "status", "containerStatuses").getFirst();
            assertEquals(7, Json.number(container, 0, "state", "terminated", "exitCode"));
            ObjectNode stays = await(pods, "stays", ProcessAdoptionTest::isReady);
            assertEquals(id, containerId(stays));
            Path log = log(data, stays);
            while (!Files.readString(log).contains(" stdout F meanwhile\n")) {
                Thread.sleep(20);
            }
            pods.delete("default", "stays", DeleteOptions.DEFAULT);
            pods.delete("default", "ends", DeleteOptions.DEFAULT);
            ProcessHandle.of(process).ifPresent(handle -> handle.onExit().join());
            while (!pods.list(ListOptions.in("default")).items().isEmpty()) {
                Thread.sleep(50);
            }
        }
    }

    private static HttpTransport transport(ServerChild server, Path data) throws IOException {
        return new HttpTransport(server.endpoint(), ClusterPki.load(data).adminContext(), Map::of);
    }

    private static void create(ResourceClient pods, String name, String script) {
        ObjectNode pod = Json.object();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", name).put("namespace", "default");
        ObjectNode spec = pod.putObject("spec");
        spec.put("nodeName", "local").put("runtimeClassName", "host-process");
        spec.put("restartPolicy", "Never").put("terminationGracePeriodSeconds", 1);
        ObjectNode container = spec.putArray("containers").addObject();
        container.put("name", "c").put("image", "none");
        container.putArray("command").add("sh").add("-c").add(script);
        pods.create(pod);
    }

    private static boolean isReady(ObjectNode pod) {
        return Json.objects(pod, "status", "containerStatuses").stream()
                .anyMatch(status -> Json.bool(status, "ready"));
    }

    private static String containerId(ObjectNode pod) {
        return Json.text(Json.objects(pod, "status", "containerStatuses").getFirst(), "containerID")
                .replace("process://", "");
    }

    private static long pid(Path data, String id) throws IOException {
        Path file = data.resolve("nodes/local/runtime/containers/" + id + "/io/pid");
        return Long.parseLong(Files.readString(file).strip());
    }

    private static Path log(Path data, ObjectNode pod) {
        String uid = Json.text(pod, "metadata", "uid");
        return data.resolve("nodes/local/logs/default_stays_" + uid + "/c/0.log");
    }

    private static ObjectNode await(
            ResourceClient pods, String name, Predicate<ObjectNode> wanted) {
        ListOptions one = ListOptions.in("default").withFields("metadata.name=" + name);
        try (Watch watch = pods.watch(WatchOptions.fromNow(one))) {
            for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                if (event instanceof WatchEvent.Added(ObjectNode pod) && wanted.test(pod)) {
                    return pod;
                }
                if (event instanceof WatchEvent.Modified(ObjectNode pod) && wanted.test(pod)) {
                    return pod;
                }
            }
        }
        throw new AssertionError("the watch ended");
    }
}
