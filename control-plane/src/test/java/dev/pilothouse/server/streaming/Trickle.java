package dev.pilothouse.server.streaming;

import java.io.InputStream;
import java.util.function.IntSupplier;

/** Bytes in pieces of given sizes, as a network may bring them. */
public final class Trickle extends InputStream {

    private final byte[] bytes;
    private final IntSupplier sizes;
    private final Runnable before;
    private int at;

    /**
     * A stream.
     *
     * @param sizes how many bytes come next, at least 1
     * @param before is run before each piece and before the end
     */
    public Trickle(byte[] bytes, IntSupplier sizes, Runnable before) {
        this.bytes = bytes;
        this.sizes = sizes;
        this.before = before;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        before.run();
        int left = bytes.length - at;
        if (left == 0) {
            return -1;
        }
        int count = Math.min(Math.min(length, left), sizes.getAsInt());
        System.arraycopy(bytes, at, target, offset, count);
        at += count;
        return count;
    }
}
