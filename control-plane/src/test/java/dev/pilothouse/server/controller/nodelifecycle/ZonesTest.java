package dev.pilothouse.server.controller.nodelifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.controller.nodelifecycle.Zones.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ZonesTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final Zones zones = new Zones();

    @Test
    void losesOneNodeInTenSeconds() {
        fill("a", 10, 1);

        assertEquals(Duration.ZERO, zones.evict("a", NOW));
        assertEquals(Duration.ofSeconds(6), zones.evict("a", NOW.plusSeconds(4)));
        assertEquals(Duration.ZERO, zones.evict("a", NOW.plusSeconds(10)));
    }

    @Test
    void stopsWhenMostOfASmallZoneIsLost() {
        fill("a", 2, 3);

        assertEquals(State.PARTIAL_DISRUPTION, zones.state("a"));
        assertNull(zones.evict("a", NOW));
    }

    @Test
    void slowsDownWhenMostOfALargeZoneIsLost() {
        fill("a", 20, 40);

        assertEquals(Duration.ZERO, zones.evict("a", NOW));
        assertEquals(Duration.ofSeconds(100), zones.evict("a", NOW));
    }

    @Test
    void evictsALostZoneBesideOthersButNotWhenAllAreLost() {
        fill("a", 0, 2);
        assertTrue(zones.allLost());
        assertNull(zones.evict("a", NOW));

        fill("b", 2, 0);

        assertFalse(zones.allLost());
        assertEquals(State.FULL_DISRUPTION, zones.state("a"));
        assertEquals(Duration.ZERO, zones.evict("a", NOW));
    }

    @Test
    void tellsWhenAZoneChanges() {
        assertTrue(zones.put("n", "a", false));
        assertFalse(zones.put("n", "a", false));
        assertTrue(zones.put("n", "a", true));
        assertTrue(zones.remove("n"));
        assertFalse(zones.allLost());
    }

    private void fill(String zone, int ready, int lost) {
        for (int i = 0; i < ready + lost; i++) {
            zones.put(zone + i, zone, i < ready);
        }
    }
}
