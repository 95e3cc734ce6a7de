package dev.pilothouse.server.kubelet.runtime.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.PodRef;
import dev.pilothouse.server.testing.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogStreamTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final long STARTED = START.getEpochSecond();

    private final VirtualClock clock = new VirtualClock(START.plusSeconds(600));
    private final LogStream logs = new LogStream(clock, clock);
    private final PodView pod =
            PodView.of(
                    Json.parseObject(
                            """
                            {"metadata":{"namespace":"default","name":"p","uid":"u-1",
                              "annotations":{"simulated.pilothouse.dev/log-rate":"1"}},
                             "spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]},
                             "status":{"phase":"Running"}}\
                            """),
                    UnaryOperator.identity(),
                    _ -> null);
    private final ContainerState running = ContainerState.NEW.run(STARTED);

    @Test
    void saysInEachLineThatItIsSimulated() throws Exception {
        List<String> lines = read(false, null, null, false, running);

        assertTrue(lines.size() > 590 && lines.size() <= 601, () -> lines.size() + " lines");
        assertTrue(lines.stream().allMatch(line -> line.contains("simulated")));
        assertEquals(lines, read(false, null, null, false, running));
    }

    @Test
    void givesTailAndWhatCameSince() throws Exception {
        List<String> all = read(false, null, null, true, running);

        assertEquals(all.subList(all.size() - 7, all.size()), read(false, 7L, null, true, running));
        List<String> since = read(false, null, START.plusSeconds(500), true, running);
        assertEquals(all.subList(all.size() - since.size(), all.size()), since);
        assertTrue(since.getFirst().compareTo("2026-03-01T10:08:20") >= 0);
        assertTrue(all.get(all.size() - since.size() - 1).compareTo("2026-03-01T10:08:20") < 0);
    }

    @Test
    void keepsLogOfInstanceBefore() throws Exception {
        ContainerState restarted = running.end(1, "Error", STARTED + 60).run(STARTED + 70);

        List<String> previous = read(true, null, null, true, restarted);

        assertEquals(60, previous.size(), 1);
        assertTrue(previous.getLast().compareTo("2026-03-01T10:01:01") < 0);
    }

    @Test
    void refusesWhatIsNotThere() {
        ApiException none =
                assertThrows(ApiException.class, () -> read(true, null, null, false, running));
        assertEquals(
                "previous terminated container \"c\" in pod \"p\" not found",
                none.status().message());
        ApiException early =
                assertThrows(
                        ApiException.class,
                        () -> read(false, null, null, false, ContainerState.NEW));
        assertEquals(
                "container \"c\" in pod \"p\" is waiting to start: ContainerCreating",
                early.status().message());
    }

    @Test
    void followsUntilContainerEnds() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ContainerState[] state = {running};
        Thread follower =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                logs.write(
                                        pod,
                                        request(false, 1L, null, false, true),
                                        () -> state[0],
                                        out);
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        while (out.toString(StandardCharsets.UTF_8).lines().count() < 5) {
            clock.advance(Duration.ofMillis(200));
            Thread.yield();
        }
        state[0] = running.end(0, "Completed", clock.instant().getEpochSecond());
        while (follower.isAlive()) {
            clock.advance(Duration.ofMillis(200));
            Thread.yield();
        }

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        List<String> all = read(false, null, null, false, state[0]);
        assertEquals(all.subList(all.size() - lines.size(), all.size()), lines);
    }

    private List<String> read(
            boolean previous,
            @Nullable Long tail,
            @Nullable Instant since,
            boolean timestamps,
            ContainerState state)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        logs.write(pod, request(previous, tail, since, timestamps, false), () -> state, out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static LogRequest request(
            boolean previous,
            @Nullable Long tail,
            @Nullable Instant since,
            boolean timestamps,
            boolean follow) {
        return new LogRequest(
                new PodRef("default", "p", "u-1"),
                "c",
                previous,
                follow,
                since,
                timestamps,
                tail,
                null,
                "All");
    }
}
