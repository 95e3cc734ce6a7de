package dev.pilothouse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.HttpTransport;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.Watch;
import dev.pilothouse.model.client.WatchOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.WatchEvent;
import dev.pilothouse.server.pki.ClusterPki;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A thousand simulated nodes and a thousand pods on them. */
@Timeout(180)
class SimulatedFleetScaleTest {

    private static final int NODES = 1000;

    @TempDir Path directory;

    @Test
    void runsThousandNodesAndPodsWithAddressesOfTheirOwn() throws Exception {
        try (ControlPlane server =
                        ControlPlane.start(
                                new ControlPlaneOptions(
                                        directory,
                                        InetAddress.ofLiteral("127.0.0.1"),
                                        0,
                                        false,
                                        null,
                                        Duration.ofDays(1),
                                        new NodeOptions(0, NODES)));
                HttpTransport transport =
                        new HttpTransport(
                                server.endpoint(),
                                ClusterPki.load(directory).adminContext(),
                                Map::of);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ApiClient client = new ApiClient(transport);
            ResourceClient nodes = client.resource(new GroupVersionResource("", "v1", "nodes"));
            ResourceClient pods = client.resource(new GroupVersionResource("", "v1", "pods"));
            awaitReady(nodes, ListOptions.ALL);

            for (int from = 0; from < NODES; from += 50) {
                int first = from;
                var _ =
                        threads.submit(() -> {
                            for (int i = first; i < first + 50; i++) {
                                pods.create(pod(i));
                            }
                        });
            }
            Collection<ObjectNode> running = awaitReady(pods, ListOptions.in("default"));

            Set<String> addresses = new HashSet<>();
            running.forEach(pod -> addresses.add(Json.text(pod, "status", "podIP")));
            assertEquals(NODES, addresses.size());
        }
    }

    private static Collection<ObjectNode> awaitReady(
            ResourceClient resource, ListOptions selection) {
        Map<String, ObjectNode> ready = new HashMap<>();
        try (Watch watch = resource.watch(WatchOptions.fromNow(selection))) {
            while (ready.size() < NODES) {
                switch (watch.next()) {
                    case WatchEvent.Added(ObjectNode object) -> note(object, ready);
                    case WatchEvent.Modified(ObjectNode object) -> note(object, ready);
                    case null -> throw new AssertionError("the watch has ended");
                    default -> {}
                }
            }
        }
        return ready.values();
    }

    private static void note(ObjectNode object, Map<String, ObjectNode> ready) {
        if (isReady(object)) {
            ready.put(Json.text(object, "metadata", "name"), object);
        }
    }

    private static boolean isReady(ObjectNode object) {
        return Json.objects(object, "status", "conditions").stream()
                .anyMatch(condition ->
                        Json.text(condition, "type").equals("Ready")
                                && Json.text(condition, "status").equals("True"));
    }

    private static ObjectNode pod(int number) {
        return Json.parseObject(
                """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p-%d","namespace":"default"},
                 "spec":{"nodeName":"sim-%d","containers":[{"name":"c","image":"i"}]}}\
                """
                        .formatted(number, number + 1));
    }
}
