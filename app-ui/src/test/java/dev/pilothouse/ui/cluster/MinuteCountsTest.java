package dev.pilothouse.ui.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MinuteCountsTest {

    private Instant now = Instant.parse("2026-01-01T12:00:30Z");

    @Test
    void countsAtTheirOwnTime() {
        MinuteCounts counts = new MinuteCounts(() -> now);
        counts.count(now);
        counts.count(now.minus(Duration.ofMinutes(29)));
        counts.count(now.minus(Duration.ofMinutes(30)));
        // The clock of the server may be a little ahead.
        counts.count(now.plusSeconds(50));

        assertEquals(1, counts.perMinute()[0]);
        assertEquals(2, counts.perMinute()[29]);
        assertEquals(3, Arrays.stream(counts.perMinute()).sum());

        now = now.plus(Duration.ofMinutes(1));
        assertEquals(2, counts.perMinute()[28]);
        assertEquals(2, Arrays.stream(counts.perMinute()).sum());

        now = now.plus(Duration.ofHours(5));
        assertEquals(0, Arrays.stream(counts.perMinute()).sum());
    }
}
