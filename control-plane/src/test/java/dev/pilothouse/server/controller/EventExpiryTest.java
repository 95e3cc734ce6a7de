package dev.pilothouse.server.controller;

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
    void deletesEventsThatHappenNoMore() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        VirtualClock clock = new VirtualClock(start);
        try (Cluster cluster = Cluster.start(directory, new ControlPlaneTime(clock, clock))) {
            event(cluster, "once", start);
            event(cluster, "again", start);
            // By what it says it happens later than now, which nobody can know.
            event(cluster, "prophecy", start.plus(Duration.ofDays(400)));
            awaitSeen(cluster, start);
            clock.advance(Duration.ofMinutes(50));
            cluster.patch(
                    Cluster.EVENTS,
                    "default",
                    "again",
                    "{count: 2, lastTimestamp: '" + clock.instant() + "'}");
            awaitSeen(cluster, start);
            advance(clock, Duration.ofMinutes(12));
            cluster.awaitAll(
                    Cluster.EVENTS, "default", events -> names(events).equals(List.of("again")));
            advance(clock, Duration.ofMinutes(60));
            cluster.awaitAll(Cluster.EVENTS, "default", events -> names(events).isEmpty());
            assertEquals(List.of(), names(cluster.list(Cluster.EVENTS, "default")));
        }
    }

    /**
     * Waits until the component knows all events so far, and has its timers: it deletes an old one
     * that comes last.
     */
    private static void awaitSeen(Cluster cluster, Instant start) {
        event(cluster, "old", start.minus(Duration.ofHours(2)));
        cluster.awaitGone(Cluster.EVENTS, "default", "old");
        assertEquals(
                List.of("again", "once", "prophecy"),
                names(cluster.list(Cluster.EVENTS, "default")));
    }

    private static void advance(VirtualClock clock, Duration time) {
        for (long minute = 0; minute < time.toMinutes(); minute++) {
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
