package dev.pilothouse.ui.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgesTest {

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
