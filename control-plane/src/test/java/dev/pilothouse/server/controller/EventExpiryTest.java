package dev.pilothouse.server.controller;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.ControlPlaneTime;
import dev.pilothouse.server.testing.Cluster;
import dev.pilothouse.server.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events go an hour after they have happened for the last time. */
@Timeout(120)
class EventExpiryTest {

    @TempDir Path directory;

    @Test
    void deletesEventsThatHappenNoMore() throws InterruptedException {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        VirtualClock clock = new VirtualClock(start);
        try (Cluster cluster = Cluster.start(directory, new ControlPlaneTime(clock, clock))) {
            event(cluster, "once", start);
            event(cluster, "again", start);
            // By what it says it happens later than now, which nobody can know.
            event(cluster, "prophecy", start.plus(Duration.ofDays(400)));
            advance(clock, Duration.ofMinutes(50));
            cluster.patch(
                    Cluster.EVENTS,
                    "default",
                    "again",
                    "{count: 2, lastTimestamp: '" + clock.instant() + "'}");
            advance(clock, Duration.ofMinutes(12));
            // Timers of the component are as late as it learns of the time; "again" has till 111.
            awaitNames(cluster, clock, Duration.ofMinutes(1), List.of("again"));
            awaitNames(cluster, clock, Duration.ofMinutes(10), List.of());
            assertEquals(List.of(), names(cluster.list(Cluster.EVENTS, "default")));
        }
    }

    private static void awaitNames(
            Cluster cluster, VirtualClock clock, Duration step, List<String> wanted) {
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(45))
                .until(() -> {
                    clock.advance(step);
                    return names(cluster.list(Cluster.EVENTS, "default")).equals(wanted);
                });
    }

    /** A little slower than the component, which hears of events on threads of its own. */
    private static void advance(VirtualClock clock, Duration time) throws InterruptedException {
        for (long minute = 0; minute < time.toMinutes(); minute++) {
            Thread.sleep(30);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    /** Those of the test: components tell of themselves as well. */
    private static List<String> names(List<tools.jackson.databind.node.ObjectNode> events) {
        return events.stream()
                .filter(event -> Json.text(event, "reason").equals("Tested"))
                .map(event -> Json.text(event, "metadata", "name"))
                .sorted()
                .toList();
    }

    private static void event(Cluster cluster, String name, Instant last) {
        cluster.create(
                Cluster.EVENTS,
                """
                {apiVersion: v1, kind: Event, metadata: {name: %s, namespace: default},
                 involvedObject: {kind: Pod, namespace: default, name: any}, reason: Tested,
                 message: said, type: Normal, count: 1, firstTimestamp: '%s', lastTimestamp: '%s'}
                """
                        .formatted(name, last, last));
    }
}
