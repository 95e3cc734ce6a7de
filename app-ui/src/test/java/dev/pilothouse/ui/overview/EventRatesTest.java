package dev.pilothouse.ui.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventRatesTest {

    private Instant now = Instant.parse("2026-01-01T12:00:30Z");

    @Test
    void countsEventsAtTheirOwnTime() {
        EventRates rates = new EventRates(() -> now);
        rates.count(now);
        rates.count(now.minus(Duration.ofMinutes(29)));
        rates.count(now.minus(Duration.ofMinutes(30)));
        // The clock of the server may be a little ahead.
        rates.count(now.plusSeconds(50));

        assertEquals(1, rates.perMinute()[0]);
        assertEquals(2, rates.perMinute()[29]);
        assertEquals(3, Arrays.stream(rates.perMinute()).sum());

        now = now.plus(Duration.ofMinutes(1));
        assertEquals(2, rates.perMinute()[28]);
        assertEquals(2, Arrays.stream(rates.perMinute()).sum());

        now = now.plus(Duration.ofHours(5));
        assertEquals(0, Arrays.stream(rates.perMinute()).sum());
    }

    @Test
    void readsAgesOfTheServersTables() {
        assertEquals(Duration.ofSeconds(45), Ages.parse("45s"));
        assertEquals(Duration.ofSeconds(192), Ages.parse("3m12s (x5 over 10m)"));
        assertEquals(Duration.ofHours(124), Ages.parse("5d4h"));
        assertEquals(Duration.ofDays(385), Ages.parse("1y20d"));
        assertNull(Ages.parse("<unknown>"));
        assertNull(Ages.parse(""));
    }
}
