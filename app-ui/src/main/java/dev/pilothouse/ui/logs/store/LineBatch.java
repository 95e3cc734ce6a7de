package dev.pilothouse.ui.logs.store;

import java.util.Arrays;

/** Lines of one source on their way into the store; filled and emptied by one thread. */
public final class LineBatch {

    private byte[] bytes = new byte[1 << 16];
    private int used;
    private int count;
    private int[] ends = new int[512];
    private long[] times = new long[512];
    private boolean[] continues = new boolean[512];

    /** Empty. */
    public LineBatch() {}

    /** Adds a line; the bytes are copied. */
    public void add(long time, boolean goesOn, byte[] from, int start, int end) {
        int length = end - start;
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + length));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
            times = Arrays.copyOf(times, count * 2);
            continues = Arrays.copyOf(continues, count * 2);
        }
        System.arraycopy(from, start, bytes, used, length);
        used += length;
        ends[count] = used;
        times[count] = time;
        continues[count] = goesOn;
        count++;
    }

    /** Without lines again. */
    public void clear() {
        used = 0;
        count = 0;
    }

    /** How many lines there are. */
    public int size() {
        return count;
    }

    byte[] bytes() {
        return bytes;
    }

    int used() {
        return used;
    }

    int start(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    int end(int line) {
        return ends[line];
    }

    long time(int line) {
        return times[line];
    }

    boolean continues(int line) {
        return continues[line];
    }
}
