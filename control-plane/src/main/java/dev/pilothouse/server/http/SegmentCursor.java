package dev.pilothouse.server.http;

import java.nio.ByteBuffer;
import java.util.List;

/** Walks over byte arrays and copies them into buffers as far as these reach. */
final class SegmentCursor {

    private final List<byte[]> segments;
    private int segment;
    private int offset;

    SegmentCursor(List<byte[]> segments) {
        this.segments = segments;
    }

    /** Whether everything has been copied. */
    boolean exhausted() {
        while (segment < segments.size() && offset == segments.get(segment).length) {
            segment++;
            offset = 0;
        }
        return segment == segments.size();
    }

    /** Copies until the buffer is full or everything has been copied. */
    void fill(ByteBuffer buffer) {
        while (buffer.hasRemaining() && !exhausted()) {
            byte[] current = segments.get(segment);
            int length = Math.min(buffer.remaining(), current.length - offset);
            buffer.put(current, offset, length);
            offset += length;
        }
    }
}
