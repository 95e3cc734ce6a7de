package dev.pilothouse.server.history;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Packs measurements: times as runs of equal steps, values as differences in variable-length
 * numbers, and all of it deflated where that makes it smaller. Stateless.
 */
final class BlockCodec {

    private static final int PLAIN = 0;
    private static final int DEFLATED = 1;
    private static final int CONTINUES = 0x80;

    private BlockCodec() {}

    /** Packs. */
    static byte[] encode(Samples samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(samples.size() * 5 + 16);
        number(out, samples.size());
        times(out, samples);
        long before = 0;
        for (int i = 0; i < samples.size(); i++) {
            signed(out, samples.microCores(i) - before);
            before = samples.microCores(i);
        }
        before = 0;
        for (int i = 0; i < samples.size(); i++) {
            signed(out, samples.kibibytes(i) - before);
            before = samples.kibibytes(i);
        }
        return squeeze(out.toByteArray());
    }

    /**
     * Unpacks.
     *
     * @throws IllegalArgumentException when it is no block
     */
    static Samples decode(byte[] block) {
        try {
            ByteBuffer in = expand(block);
            int size = Math.toIntExact(number(in));
            long[] times = times(in, size);
            long[] cpu = values(in, size);
            long[] memory = values(in, size);
            Samples samples = new Samples();
            for (int i = 0; i < size; i++) {
                samples.add(times[i], cpu[i], memory[i]);
            }
            return samples;
        } catch (BufferUnderflowException
                | DataFormatException
                | ArithmeticException
                | NegativeArraySizeException e) {
            throw new IllegalArgumentException("not a block of measurements", e);
        }
    }

    /** The first time, then steps with how often each comes in a row. */
    private static void times(ByteArrayOutputStream out, Samples samples) {
        if (samples.size() == 0) {
            return;
        }
        number(out, samples.time(0));
        int i = 1;
        while (i < samples.size()) {
            long step = samples.time(i) - samples.time(i - 1);
            int run = 1;
            while (i + run < samples.size()
                    && samples.time(i + run) - samples.time(i + run - 1) == step) {
                run++;
            }
            number(out, step);
            number(out, run);
            i += run;
        }
    }

    private static long[] times(ByteBuffer in, int size) {
        long[] times = new long[size];
        if (size == 0) {
            return times;
        }
        times[0] = number(in);
        int i = 1;
        while (i < size) {
            long step = number(in);
            long run = number(in);
            if (run <= 0 || run > size - i) {
                throw new IllegalArgumentException("not a block of measurements: bad run");
            }
            for (long left = run; left > 0; left--, i++) {
                times[i] = times[i - 1] + step;
            }
        }
        return times;
    }

    private static long[] values(ByteBuffer in, int size) {
        long[] values = new long[size];
        long value = 0;
        for (int i = 0; i < size; i++) {
            long coded = number(in);
            value += coded >>> 1 ^ -(coded & 1);
            values[i] = value;
        }
        return values;
    }

    private static void signed(ByteArrayOutputStream out, long value) {
        number(out, value << 1 ^ value >> 63);
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & -CONTINUES) != 0) {
            out.write((int) (rest & 0x7f) | CONTINUES);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = in.get();
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("not a block of measurements: endless number");
    }

    private static byte[] squeeze(byte[] plain) {
        byte[] packed = new byte[plain.length + 1];
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(plain);
            deflater.finish();
            int length = deflater.deflate(packed, 1, packed.length - 1);
            if (deflater.finished() && length < plain.length) {
                packed[0] = DEFLATED;
                return Arrays.copyOf(packed, length + 1);
            }
        }
        packed[0] = PLAIN;
        System.arraycopy(plain, 0, packed, 1, plain.length);
        return packed;
    }

    private static ByteBuffer expand(byte[] block) throws DataFormatException {
        if (block.length == 0) {
            throw new DataFormatException("empty");
        }
        if (block[0] == PLAIN) {
            return ByteBuffer.wrap(block, 1, block.length - 1);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(block.length * 2);
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(block, 1, block.length - 1);
            byte[] buffer = new byte[1024];
            while (!inflater.finished()) {
                int length = inflater.inflate(buffer);
                if (length == 0 && inflater.needsInput()) {
                    throw new DataFormatException("cut off");
                }
                out.write(buffer, 0, length);
            }
        }
        return ByteBuffer.wrap(out.toByteArray());
    }
}
