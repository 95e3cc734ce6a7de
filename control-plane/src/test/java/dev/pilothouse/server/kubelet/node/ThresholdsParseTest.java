package dev.pilothouse.server.kubelet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.server.kubelet.node.Pressure.Thresholds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdsParseTest {

    @Test
    void readsWhatTheKubeletReads() {
        assertEquals(
                new Thresholds(1 << 30, 2_000_000_000L),
                Thresholds.parse("memory.available<1Gi, nodefs.available<2G"));
        assertEquals(
                new Thresholds(Thresholds.DEFAULT.memory(), 5L << 30),
                Thresholds.parse("nodefs.available<5Gi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "memory.available",
                "memory.available<10%",
                "imagefs.available<1Gi",
                "<1Gi"
            })
    void refusesAnythingElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> Thresholds.parse(text));
    }
}
