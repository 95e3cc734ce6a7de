package dev.pilothouse.server.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {

    private static final long MIB = 1 << 20;
    private static final long TIB = 1L << 40;

    @Test
    void keepsALittleOfALargeDisk() {
        assertNull(FreeSpace.judge(32 * MIB, TIB));
        assertEquals(
                "the disk is full but for 31 MiB; writes go on as soon as 32 MiB are free",
                FreeSpace.judge(32 * MIB - 1, TIB));
    }

    @Test
    void keepsAnEighthOfASmallDisk() {
        assertNull(FreeSpace.judge(2 * MIB, 16 * MIB));
        assertEquals(
                "the disk is full but for 0 MiB; writes go on as soon as 2 MiB are free",
                FreeSpace.judge(0, 16 * MIB));
    }

    @Test
    void aDiskThatSaysNothingOfItsSizeIsNotFull() {
        assertNull(FreeSpace.judge(0, 0));
    }

    @Test
    void hasNothingToSayOfAFolderThatIsGone(@TempDir Path folder) {
        assertNull(new FreeSpace(folder.resolve("gone")).shortage());
    }
}
