package dev.pilothouse.server.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.crash.HttpsClient.Answer;
import dev.pilothouse.server.crash.TrackedObject.Finding;
import dev.pilothouse.server.crash.TrackedObject.Sort;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kills the whole server while clients write to it over TLS, again and again on the same data;
 * every acknowledged write must be there with the same bytes. A quarter of {@code
 * -Dpilothouse.kills} falls to this test, the rest to the store's own.
 */
@Tag("crash")
class ServerKillTest {

    private static final int KILLS = Math.ceilDiv(Integer.getInteger("pilothouse.kills", 10), 4);
    private static final int WRITERS = 6;
    private static final long MAX_MEDIAN_MILLIS = 2_000;

    @TempDir Path folder;

    private final List<LoadWriter> writers = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final Random random = new Random(20_260_601);
    private int lost;
    private int wrong;
    private long newest;

    @Test
    void keepsWhatWasAcknowledgedWhenTheServerIsKilled() throws Exception {
        long begin = System.nanoTime();
        Path data = folder.resolve("data");
        ServerChild.startWithoutNodes(data).close(); // makes the certificates, and a clean end
        long[] starts = new long[KILLS + 1];
        try (HttpsClient http1 = new HttpsClient(data, Version.HTTP_1_1);
                HttpsClient http2 = new HttpsClient(data, Version.HTTP_2)) {
            for (int i = 0; i < WRITERS; i++) {
                writers.add(new LoadWriter(i, i % 2 == 0 ? http1 : http2));
            }
            for (int kill = 0; kill <= KILLS; kill++) {
                try (ServerChild server = ServerChild.startWithoutNodes(data)) {
                    starts[kill] = server.startNanos() / 1_000_000;
                    verify(server.endpoint(), http1);
                    if (kill < KILLS) {
                        writeAndKill(server);
                    }
                }
            }
        }
        report(starts, (System.nanoTime() - begin) / 1_000_000_000);
    }

    /** Connecting takes a while; the kill is to come in the middle of writes. */
    private void awaitLoad() throws InterruptedException {
        int before = acknowledged();
        for (int i = 0; i < 1000 && acknowledged() < before + 2 * WRITERS; i++) {
            Thread.sleep(5);
        }
    }

    private int acknowledged() {
        return writers.stream().mapToInt(LoadWriter::acknowledged).sum();
    }

    private void writeAndKill(ServerChild server) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (LoadWriter writer : writers) {
            threads.add(Thread.ofPlatform().start(() -> writer.writeTo(server.endpoint())));
        }
        awaitLoad();
        Thread.sleep(50 + random.nextInt(450));
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
        for (LoadWriter writer : writers) {
            newest = Math.max(newest, writer.newest());
            findings.addAll(writer.troubles());
        }
    }

    private void verify(URI endpoint, HttpsClient client) throws IOException {
        Map<String, ObjectNode> found = new HashMap<>();
        for (Sort sort : Sort.values()) {
            URI url = endpoint.resolve("/api/v1/namespaces/default/" + sort.resource);
            Answer answer = client.get(url);
            assertEquals(200, answer.status(), answer::toString);
            ObjectNode list = answer.json();
            long revision = Long.parseLong(Json.text(list, "metadata", "resourceVersion"));
            assertTrue(revision >= newest, () -> "revisions went back to " + revision);
            newest = revision;
            for (ObjectNode item : Json.objects(list, "items")) {
                found.put(sort + Json.text(item, "metadata", "name"), item);
            }
        }
        for (LoadWriter writer : writers) {
            writer.objects().forEach(object -> verify(object, found));
        }
    }

    private void verify(TrackedObject object, Map<String, ObjectNode> found) {
        Finding finding = object.compare(found.get(object.sort + object.name));
        lost += finding == Finding.LOST ? 1 : 0;
        wrong += finding == Finding.WRONG ? 1 : 0;
        if (finding != Finding.KEPT) {
            findings.add(object.name + " is " + finding);
        }
    }

    private void report(long[] starts, long seconds) {
        Arrays.sort(starts);
        long median = starts[starts.length / 2];
        System.out.printf(
                "server kill -9: kills=%d acknowledged=%d lost=%d wrong=%d"
                        + " start median=%d ms max=%d ms, %d s%n",
                KILLS, acknowledged(), lost, wrong, median, starts[KILLS], seconds);
        assertEquals(List.of(), findings);
        assertTrue(acknowledged() > 20 * KILLS, "too little was written to mean anything");
        assertTrue(median <= MAX_MEDIAN_MILLIS * crowding(), "starts take too long");
    }

    /** How many times slower things are because others use the processors; 1 when nobody does. */
    private static double crowding() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
    }
}
