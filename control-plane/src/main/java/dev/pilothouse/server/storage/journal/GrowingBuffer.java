package dev.pilothouse.server.storage.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A direct buffer, as files take it without a copy, that grows as it is filled. */
final class GrowingBuffer {

    /** A buffer that grew beyond this is given up after use. */
    private static final int KEPT = 2 << 20;

    private static final int FIRST = 64 << 10;

    private ByteBuffer bytes = ByteBuffer.allocateDirect(FIRST);

    int position() {
        return bytes.position();
    }

    /** What has been written so far begins at 0. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** What has been written, to be read; the buffer starts anew with {@link #clear}. */
    ByteBuffer flip() {
        return bytes.flip();
    }

    void clear() {
        if (bytes.capacity() > KEPT) {
            bytes = ByteBuffer.allocateDirect(FIRST);
        }
        bytes.clear();
    }

    /** Leaves room, to be filled later; where it begins. */
    int reserve(int length) {
        ensure(length);
        int start = bytes.position();
        bytes.position(start + length);
        return start;
    }

    void put(int value) {
        ensure(1);
        bytes.put((byte) value);
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        bytes.putLong(value);
    }

    void putBytes(byte[] value) {
        ensure(Integer.BYTES + value.length);
        bytes.putInt(value.length).put(value);
    }

    void putText(String value) {
        putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private void ensure(int length) {
        if (bytes.remaining() < length) {
            int capacity = Math.max(bytes.capacity() * 2, bytes.position() + length);
            bytes = ByteBuffer.allocateDirect(capacity).put(bytes.flip());
        }
    }
}
