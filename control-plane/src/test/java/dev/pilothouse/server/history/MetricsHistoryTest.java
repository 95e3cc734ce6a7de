package dev.pilothouse.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.node.ExecRequest;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.node.NodeFiles;
import dev.pilothouse.server.node.NodeUsage;
import dev.pilothouse.server.node.NodeUsage.ContainerUsage;
import dev.pilothouse.server.node.NodeUsage.PodUsage;
import dev.pilothouse.server.node.NodeUsage.Usage;
import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.node.PodRef;
import dev.pilothouse.server.storage.h2.H2SeriesStore;
import dev.pilothouse.server.testing.VirtualClock;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(300)
class MetricsHistoryTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int STEP = 15;

    @TempDir Path directory;

    private final VirtualClock clock = new VirtualClock(START);
    private final NodeAgents agents = new NodeAgents();

    @Test
    void keepsWithinSixtyKilobytesForPodAndDayAndReadsFast() throws Exception {
        int pods = Integer.getInteger("history.pods", 150);
        agents.connect("n", new WanderingAgent(pods));
        MetricsHistory history = open();

        pass(history, Duration.ofHours(24));
        long begin = System.nanoTime();
        long to = clock.instant().getEpochSecond();
        Map<String, Samples> day = history.pod("default", "pod-7", to - 86_400, to);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        if (Boolean.getBoolean("history.time")) {
            for (int i = 0; i < 20; i++) {
                long b = System.nanoTime();
                history.pod("default", "pod-" + i * 7, to - 86_400, to);
                System.err.println("read " + (System.nanoTime() - b) / 1000 + " us");
            }
        }
        history.close();

        assertTrue(day.get("main").size() > 5_700, () -> "samples: " + day.get("main").size());
        long bytes = Files.size(directory.resolve("metrics.mv.db"));
        System.err.println("history: " + bytes + " bytes for " + pods + " pods, " + millis + " ms");
        assertTrue(bytes / pods <= 60_000, () -> bytes + " bytes for " + pods + " pods");
        assertTrue(millis < 2_000, () -> "reading a day took " + millis + " ms");
    }

    @Test
    void thinsOutAfterDayAndDropsAfterWeek() {
        agents.connect("n", new WanderingAgent(1));
        MetricsHistory history = open();

        pass(history, Duration.ofDays(9));

        long now = clock.instant().getEpochSecond();
        Samples lately = history.node("n", now - 3600, now);
        Samples before = history.node("n", now - 3 * 86_400, now - 3 * 86_400 + 3599);
        Samples longAgo = history.node("n", now - 9 * 86_400, now - 8 * 86_400);
        history.close();
        assertEquals(240, lately.size(), 1);
        assertEquals(12, before.size(), 1);
        assertEquals(0, longAgo.size());
    }

    @Test
    void goesOnAfterRestart() {
        agents.connect("n", new WanderingAgent(1));
        MetricsHistory history = open();
        pass(history, Duration.ofMinutes(10));
        history.close();
        MetricsHistory again = open();

        pass(again, Duration.ofMinutes(10));

        long now = clock.instant().getEpochSecond();
        Map<String, Samples> pod = again.pod("default", "pod-0", now - 3600, now);
        assertEquals(80, pod.get("main").size());
        assertEquals(List.of("main"), List.copyOf(pod.keySet()));
        again.close();
        assertFalse(again.measure());
    }

    @Test
    void opensNoStoreWhenThereIsNothingToMeasure() {
        MetricsHistory history = open();

        pass(history, Duration.ofMinutes(40));
        history.close();

        assertFalse(Files.exists(directory.resolve("metrics.mv.db")));
    }

    private MetricsHistory open() {
        return new MetricsHistory(
                agents, () -> H2SeriesStore.open(directory.resolve("metrics")), clock, clock);
    }

    private void pass(MetricsHistory history, Duration duration) {
        for (long i = 0; i < duration.toSeconds() / STEP; i++) {
            clock.advance(Duration.ofSeconds(STEP));
            history.measure();
        }
    }

    /** Pods whose use wanders about as that of real ones does. */
    private static final class WanderingAgent implements NodeAgent {

        private final Random random = new Random(42);
        private final long[] cpu;
        private final long[] memory;

        WanderingAgent(int pods) {
            cpu = new long[pods];
            memory = new long[pods];
            for (int i = 0; i < pods; i++) {
                cpu[i] = 20_000_000 + random.nextInt(200_000_000);
                memory[i] = (64L + random.nextInt(512)) << 20;
            }
        }

        @Override
        public NodeUsage usage(String node) {
            List<PodUsage> pods = new ArrayList<>();
            for (int i = 0; i < cpu.length; i++) {
                cpu[i] = Math.max(0, cpu[i] + (long) (random.nextGaussian() * 4_000_000));
                if (random.nextInt(3) == 0) {
                    memory[i] = Math.max(0, memory[i] + (long) (random.nextGaussian() * 300_000));
                }
                pods.add(
                        new PodUsage(
                                new PodRef("default", "pod-" + i, "uid-" + i),
                                START,
                                Duration.ofSeconds(STEP),
                                List.of(new ContainerUsage("main", new Usage(cpu[i], memory[i])))));
            }
            return new NodeUsage(
                    START, Duration.ofSeconds(STEP), new Usage(1_000_000, 1 << 30), pods);
        }

        @Override
        public NodeFiles files(String node) {
            return new NodeFiles(Instant.EPOCH, null, 0, Map.of());
        }

        @Override
        public @Nullable Path podLogs(String node) {
            return null;
        }

        @Override
        public ObjectNode configuration(String node) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void logs(LogRequest request, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int exec(ExecRequest request, ContainerStreams streams) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int attach(PodRef pod, String container, boolean tty, ContainerStreams streams) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PodConnection connect(PodRef pod, int port) {
            throw new UnsupportedOperationException();
        }
    }
}
