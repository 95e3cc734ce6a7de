package dev.pilothouse.ui.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeapKeeperTest {

    private static final long MIB = 1L << 20;

    @Test
    void collectsWhatABurstHasLeftBehindAndNotEachLittle() {
        assertTrue(HeapKeeper.isWorth(900 * MIB, 160 * MIB));
        assertTrue(HeapKeeper.isWorth(60 * MIB, 0));
        assertFalse(HeapKeeper.isWorth(40 * MIB, 0));
        assertFalse(HeapKeeper.isWorth(250 * MIB, 160 * MIB));
    }
}
