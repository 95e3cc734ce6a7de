package dev.pilothouse.server.http;

import dev.pilothouse.server.request.EventSource.Frame;
import java.nio.ByteBuffer;
import java.util.List;

/** Walks over events and copies them into buffers as far as these reach. */
final class FrameCursor {

    private static final int PIECES = 3;

    private final List<Frame> frames;
    private int frame;
    private int piece;
    private int offset;

    FrameCursor(List<Frame> frames) {
        this.frames = frames;
    }

    /** Whether everything has been copied. */
    boolean exhausted() {
        return frame == frames.size();
    }

    /** Copies until the buffer is full or everything has been copied. */
    void fill(ByteBuffer buffer) {
        while (frame < frames.size()) {
            Frame event = frames.get(frame);
            for (; piece < PIECES; piece++) {
                byte[] bytes = piece(event);
                int length = Math.min(buffer.remaining(), bytes.length - offset);
                buffer.put(bytes, offset, length);
                offset += length;
                if (offset < bytes.length) {
                    return;
                }
                offset = 0;
            }
            piece = 0;
            frame++;
        }
    }

    private byte[] piece(Frame event) {
        return switch (piece) {
            case 0 -> event.head();
            case 1 -> event.object();
            default -> event.tail();
        };
    }
}
