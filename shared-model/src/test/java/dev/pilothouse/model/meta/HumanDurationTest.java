package dev.pilothouse.model.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT-1S, 0s",
        "PT-2S, <invalid>",
        "PT5.9S, 5s",
        "PT119S, 119s",
        "PT120S, 2m",
        "PT200S, 3m20s",
        "PT9M59S, 9m59s",
        "PT10M30S, 10m",
        "PT179M59S, 179m",
        "PT3H, 3h",
        "PT4H3M, 4h3m",
        "PT7H59M, 7h59m",
        "PT8H59M, 8h",
        "PT47H59M, 47h",
        "PT48H, 2d",
        "PT52H, 2d4h",
        "PT191H, 7d23h",
        "PT192H, 8d",
        "P729D, 729d",
        "P730D, 2y",
        "P750D, 2y20d",
        "P2919D, 7y364d",
        "P2920D, 8y"
    })
    void showsTwoUnitsAtMost(String duration, String expected) {
        assertEquals(expected, HumanDuration.of(Duration.parse(duration)));
    }

    @Test
    void readsTimestamps() {
        assertEquals("1s", HumanDuration.since("2026-03-01T11:59:59Z", NOW));
        assertEquals("1s", HumanDuration.since("2026-03-01T12:59:58.500000+01:00", NOW));
        assertEquals("<unknown>", HumanDuration.since("", NOW));
        assertEquals("<invalid>", HumanDuration.since("yesterday", NOW));
        assertEquals("<invalid>", HumanDuration.since("2026-03-01T12:00:05Z", NOW));
    }
}
