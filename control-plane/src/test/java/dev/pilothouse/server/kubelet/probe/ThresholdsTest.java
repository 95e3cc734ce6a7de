package dev.pilothouse.server.kubelet.probe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.kubelet.probe.ProbeResult.Outcome;
import org.junit.jupiter.api.Test;

class ThresholdsTest {

    @Test
    void changesAfterSoManyInARow() {
        Thresholds verdict = new Thresholds(true, 2, 3);
        verdict.add(Outcome.FAILURE);
        verdict.add(Outcome.FAILURE);
        verdict.add(Outcome.SUCCESS);
        verdict.add(Outcome.FAILURE);
        verdict.add(Outcome.FAILURE);
        assertTrue(verdict.good());

        assertTrue(verdict.add(Outcome.FAILURE));

        assertFalse(verdict.good());
        assertFalse(verdict.add(Outcome.SUCCESS));
        assertFalse(verdict.good());
        assertTrue(verdict.add(Outcome.SUCCESS));
        assertTrue(verdict.good());
    }
}
