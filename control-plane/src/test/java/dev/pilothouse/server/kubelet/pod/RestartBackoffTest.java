package dev.pilothouse.server.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void doublesFromTenSecondsToFiveMinutes() {
        List<String> waits = new ArrayList<>();
        Instant now = START;
        for (int i = 0; i < 8; i++) {
            Instant ended = now;
            Instant until = backoff.blockedUntil("c", ended, ended);
            now = until == null ? ended : until;
            waits.add(RestartBackoff.text(Duration.between(ended, now)));
            backoff.started("c", ended, now);
        }

        assertEquals(List.of("0s", "10s", "20s", "40s", "1m20s", "2m40s", "5m0s", "5m0s"), waits);
    }

    @Test
    void beginsAnewAfterTenMinutesOfRunning() {
        backoff.started("c", START, START);
        backoff.started("c", START, START);
        assertEquals(Duration.ofSeconds(20), backoff.delay("c"));

        Instant later = START.plusSeconds(601);

        assertNull(backoff.blockedUntil("c", later, later));
        backoff.started("c", later, later);
        assertEquals(Duration.ofSeconds(10), backoff.delay("c"));
    }
}
