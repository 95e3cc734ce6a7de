package dev.pilothouse.server.http;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSourceChannel;

/**
 * Carries bytes from a channel that only its I/O thread touches to a thread that may wait. When the
 * reader is slow, the channel is not read any more. One thread at a time reads.
 */
final class QueuedInput extends InputStream {

    private static final int HIGH_BYTES = 256 * 1024;

    private final StreamSourceChannel source;
    private final XnioIoThread io;
    private final ByteBufferPool buffers;

    // Guarded by this.
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private int offset;
    private int pending;
    private boolean suspended;
    private boolean ended;
    private boolean discarding;
    private @Nullable IOException broken;
    private @Nullable Runnable atEnd;

    QueuedInput(StreamSourceChannel source, XnioIoThread io, ByteBufferPool buffers) {
        this.source = source;
        this.io = io;
        this.buffers = buffers;
    }

    /** Starts to receive; to be called on the I/O thread. */
    void begin() {
        source.getReadSetter().set(ready -> receive());
        receive();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        boolean resume;
        int count;
        synchronized (this) {
            while (queue.isEmpty() && !ended && broken == null) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while waiting for a client");
                }
            }
            if (broken != null) {
                throw new IOException("the client has gone", broken);
            }
            byte[] head = queue.peek();
            if (head == null) {
                return -1;
            }
            count = Math.min(length, head.length - offset);
            System.arraycopy(head, offset, bytes, start, count);
            offset += count;
            if (offset == head.length) {
                queue.remove();
                offset = 0;
            }
            pending -= count;
            resume = suspended && pending <= HIGH_BYTES / 2;
            if (resume) {
                suspended = false;
            }
        }
        if (resume) {
            receiveSoon();
        }
        return count;
    }

    @Override
    public synchronized int available() {
        return pending;
    }

    /** Throws away what comes from now on, and runs a task when the client has sent all. */
    void discard(Runnable whenEnded) {
        boolean now;
        synchronized (this) {
            discarding = true;
            suspended = false;
            queue.clear();
            pending = 0;
            offset = 0;
            now = ended || broken != null;
            if (!now) {
                atEnd = whenEnded;
            }
        }
        if (now) {
            whenEnded.run();
        } else {
            receiveSoon();
        }
    }

    /** The connection is broken or to be given up; may be called on any thread. */
    void fail(IOException cause) {
        Runnable task;
        synchronized (this) {
            if (broken == null) {
                broken = cause;
            }
            queue.clear();
            notifyAll();
            task = atEnd;
            atEnd = null;
        }
        if (task != null) {
            task.run();
        }
    }

    private void receiveSoon() {
        try {
            io.execute(this::receive);
        } catch (RejectedExecutionException e) {
            fail(new IOException("the server has stopped", e));
        }
    }

    private void receive() {
        try (PooledByteBuffer pooled = buffers.allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            while (wanted()) {
                buffer.clear();
                int read = source.read(buffer);
                if (read < 0) {
                    source.suspendReads();
                    end();
                    return;
                }
                if (read == 0) {
                    source.resumeReads();
                    return;
                }
                buffer.flip();
                take(buffer);
            }
            source.suspendReads();
        } catch (IOException e) {
            source.suspendReads();
            fail(e);
        }
    }

    private synchronized boolean wanted() {
        if (broken != null || ended) {
            return false;
        }
        if (pending > HIGH_BYTES) {
            suspended = true;
            return false;
        }
        return true;
    }

    private synchronized void take(ByteBuffer buffer) {
        if (discarding) {
            return;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        queue.add(bytes);
        pending += bytes.length;
        notifyAll();
    }

    private void end() {
        Runnable task;
        synchronized (this) {
            ended = true;
            notifyAll();
            task = atEnd;
            atEnd = null;
        }
        if (task != null) {
            task.run();
        }
    }
}
