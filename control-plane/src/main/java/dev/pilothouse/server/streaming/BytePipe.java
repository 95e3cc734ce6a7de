package dev.pilothouse.server.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes bytes from one thread to another. The writer waits while more than {@link #HIGH_BYTES} are
 * on the way, so that a slow reader slows the sender down. Thread-safe.
 */
public final class BytePipe {

    /** What may be on the way. */
    public static final int HIGH_BYTES = 512 * 1024;

    private final Input input = new Input();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private int offset;
    private long pending;
    private boolean ended;
    private boolean unread;
    private @Nullable IOException broken;

    /** The reader's end; closing it lets the writer throw the rest away. */
    public InputStream input() {
        return input;
    }

    /**
     * Passes bytes on; the array belongs to the pipe afterwards. Waits while there are too many.
     */
    public synchronized void put(byte[] bytes) throws IOException {
        while (pending > HIGH_BYTES && !unread && broken == null && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
        if (bytes.length == 0 || unread || ended || broken != null) {
            return;
        }
        queue.add(bytes);
        pending += bytes.length;
        notifyAll();
    }

    /** Nothing more comes; what is on the way is still read. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The sender has gone: reading fails at once. */
    public synchronized void fail(IOException cause) {
        if (broken == null) {
            broken = cause;
        }
        queue.clear();
        pending = 0;
        notifyAll();
    }

    private synchronized int take(byte[] bytes, int start, int length) throws IOException {
        while (queue.isEmpty() && !ended && broken == null && !unread) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
        if (broken != null) {
            throw new IOException(broken.getMessage(), broken);
        }
        byte[] head = unread ? null : queue.peek();
        if (head == null) {
            return -1;
        }
        int count = Math.min(length, head.length - offset);
        System.arraycopy(head, offset, bytes, start, count);
        offset += count;
        if (offset == head.length) {
            queue.remove();
            offset = 0;
        }
        pending -= count;
        notifyAll();
        return count;
    }

    private synchronized int waiting() {
        return (int) Math.min(pending, Integer.MAX_VALUE);
    }

    /** Nobody reads any more: what is on the way and what comes is thrown away. */
    public synchronized void stopReading() {
        unread = true;
        queue.clear();
        pending = 0;
        notifyAll();
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, bytes.length);
            return length == 0 ? 0 : take(bytes, start, length);
        }

        @Override
        public int available() {
            return waiting();
        }

        @Override
        public void close() {
            stopReading();
        }
    }
}
