package dev.pilothouse.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockCodecTest {

    @Test
    void givesBackWhatWasPacked() {
        Random random = new Random(7);
        for (int size = 0; size < 200; size += 13) {
            Samples samples = new Samples();
            long time = 1_800_000_000L;
            for (int i = 0; i < size; i++) {
                time += random.nextInt(10) == 0 ? 15 * (1 + random.nextInt(9)) : 15;
                samples.add(time, random.nextLong(1L << 40), random.nextLong(1L << 34));
            }

            Samples unpacked = BlockCodec.decode(BlockCodec.encode(samples));

            assertEquals(size, unpacked.size());
            for (int i = 0; i < size; i++) {
                assertEquals(samples.time(i), unpacked.time(i));
                assertEquals(samples.microCores(i), unpacked.microCores(i));
                assertEquals(samples.kibibytes(i), unpacked.kibibytes(i));
            }
        }
    }

    @Test
    void needsFewBytesForWhatDoesNotChange() {
        Samples samples = new Samples();
        for (int i = 0; i < 60; i++) {
            samples.add(1_800_000_000L + i * 15, 2_000, 24 << 10);
        }

        assertTrue(BlockCodec.encode(samples).length < 30);
    }

    @Test
    void refusesDamagedBlocks() {
        Samples samples = new Samples();
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            samples.add(1_800_000_000L + i * 15, random.nextInt(1 << 20), random.nextInt(1 << 20));
        }
        byte[] block = BlockCodec.encode(samples);

        assertThrows(IllegalArgumentException.class, () -> BlockCodec.decode(new byte[0]));
        for (int length = 1; length < block.length - 1; length += 7) {
            byte[] cut = Arrays.copyOf(block, length);
            assertThrows(IllegalArgumentException.class, () -> BlockCodec.decode(cut));
        }
    }

    @Test
    void thinsOutToMeans() {
        Samples samples = new Samples();
        for (int i = 0; i < 40; i++) {
            samples.add(1_800_000_000L + i * 15, i < 20 ? 100 : 300, i < 20 ? 10 : 30);
        }

        Samples means = Retention.mean(samples, 300);

        assertEquals(2, means.size());
        assertEquals(1_800_000_000L, means.time(0));
        assertEquals(100, means.microCores(0));
        assertEquals(300, means.microCores(1));
        assertEquals(30, means.kibibytes(1));
    }
}
