package dev.pilothouse.server.controller.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private Instant now = Instant.EPOCH;
    private final Expectations expectations = new Expectations(() -> now);

    @Test
    void areMetWhenAllHasBeenSeen() {
        expectations.expect("owner", 2, List.of("a", "b"));

        assertFalse(expectations.created("owner"));
        assertFalse(expectations.deleted("owner", "a"));
        assertFalse(expectations.deleted("owner", "a"));
        assertFalse(expectations.created("owner"));
        assertFalse(expectations.areMet("owner"));
        assertTrue(expectations.deleted("owner", "b"));
        assertTrue(expectations.areMet("owner"));
    }

    @Test
    void areGivenUpAfterFiveMinutes() {
        expectations.expect("owner", 1, List.of());

        now = now.plusSeconds(300);
        assertFalse(expectations.areMet("owner"));
        now = now.plusSeconds(1);
        assertTrue(expectations.areMet("owner"));
    }

    @Test
    void areMetForOwnersOfWhichNothingIsKnown() {
        assertTrue(expectations.areMet("other"));
    }

    @Test
    void batchesStopAfterTheFirstFailure() {
        List<Integer> tried = Collections.synchronizedList(new ArrayList<>());

        Batches.Outcome outcome =
                Batches.slowStart(
                        100,
                        i -> {
                            tried.add(i);
                            if (i >= 3) {
                                throw new IllegalStateException("quota");
                            }
                        });

        assertEquals(3, outcome.done());
        assertNotNull(outcome.failure());
        assertEquals(7, tried.size());
    }
}
