package dev.pilothouse.server.http;

import dev.pilothouse.server.request.ClientOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/**
 * Carries bytes from a thread that may wait to a channel that only its I/O thread touches. At most
 * {@link #HIGH_BYTES} wait for a slow client, and then the writer waits. One thread at a time
 * writes.
 */
final class QueuedOutput extends ClientOutput {

    /** Hears how it ends, on the I/O thread. */
    interface Ending {
        /** Everything has gone out after {@link #close}. */
        void complete();

        /** The channel is broken. */
        void failed(IOException cause);
    }

    private static final Logger LOG = LoggerFactory.getLogger(QueuedOutput.class);

    private static final int PIECE_BYTES = 16 * 1024;
    private static final long HIGH_BYTES = 256 * 1024;
    private static final long TURN_BYTES = 1024 * 1024;
    private static final int GATHERED = 64;

    private final StreamSinkChannel sink;
    private final XnioIoThread io;
    private final Ending ending;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();

    // Of the writer.
    private byte[] piece = new byte[0];
    private int used;

    /**
     * Not this object, on which writers keep frames together: waiting would let others in between.
     */
    private final Object lock = new Object();

    // Guarded by the lock.
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
    private long pending;
    private boolean ended;
    private @Nullable IOException broken;
    private @Nullable Runnable gone;

    // Of the I/O thread.
    private boolean unflushed = true;

    QueuedOutput(StreamSinkChannel sink, XnioIoThread io, Ending ending) {
        this.sink = sink;
        this.io = io;
        this.ending = ending;
    }

    /** Starts to send; to be called on the I/O thread. */
    void begin() {
        sink.getWriteSetter().set(ready -> drain());
        drain();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = offset;
        int left = length;
        while (left > 0) {
            if (used == piece.length) {
                handOver();
                piece = new byte[Math.max(512, Math.min(PIECE_BYTES, left))];
            }
            int count = Math.min(left, piece.length - used);
            System.arraycopy(bytes, at, piece, used, count);
            used += count;
            at += count;
            left -= count;
        }
        if (used == piece.length) {
            handOver();
        }
    }

    @Override
    public void flush() throws IOException {
        handOver();
    }

    private void handOver() throws IOException {
        ByteBuffer full = ByteBuffer.wrap(piece, 0, used);
        piece = new byte[0];
        used = 0;
        synchronized (lock) {
            while (pending > HIGH_BYTES && broken == null) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while a client was slow");
                }
            }
            if (broken != null) {
                throw new IOException("the client has gone", broken);
            }
            if (ended) {
                throw new IOException("closed");
            }
            if (full.hasRemaining()) {
                queue.add(full);
                pending += full.remaining();
            }
        }
        wake();
    }

    /** Ends it; returns at once, and what is queued still goes out. */
    @Override
    public void close() {
        ByteBuffer rest = ByteBuffer.wrap(piece, 0, used);
        piece = new byte[0];
        used = 0;
        synchronized (lock) {
            if (ended) {
                return;
            }
            ended = true;
            if (rest.hasRemaining() && broken == null) {
                queue.add(rest);
                pending += rest.remaining();
            }
        }
        wake();
    }

    @Override
    public void onGone(Runnable task) {
        synchronized (lock) {
            if (broken == null) {
                gone = task;
                return;
            }
        }
        task.run();
    }

    /** Nobody wants the rest, though the channel may still work; may be called on any thread. */
    void dismiss() {
        Runnable task;
        synchronized (lock) {
            task = gone;
            gone = null;
        }
        if (task != null) {
            task.run();
        }
    }

    /** The channel is broken or to be given up; may be called on any thread. */
    void fail(IOException cause) {
        synchronized (lock) {
            if (broken != null) {
                return;
            }
            broken = cause;
            queue.clear();
            pending = 0;
            lock.notifyAll();
        }
        dismiss();
        wake();
    }

    private void wake() {
        if (awake.compareAndSet(false, true)) {
            try {
                io.execute(() -> {
                    awake.set(false);
                    drain();
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("the server has stopped", e);
            }
        }
    }

    private void drain() {
        if (told.get()) {
            return;
        }
        try {
            long written = 0;
            while (true) {
                ByteBuffer[] batch = batch();
                if (batch.length == 0) {
                    break;
                }
                long count = sink.write(batch, 0, batch.length);
                unflushed = true;
                if (count == 0) {
                    sink.resumeWrites();
                    return;
                }
                written += count;
                taken(count);
                if (written >= TURN_BYTES) {
                    wake();
                    return;
                }
            }
            settle();
        } catch (IOException e) {
            LOG.debug("a client cannot be written to", e);
            fail(e);
            tellFailure();
        } catch (RuntimeException e) {
            fail(new IOException(e));
            tellFailure();
        }
    }

    private ByteBuffer[] batch() {
        synchronized (lock) {
            return queue.stream().limit(GATHERED).toArray(ByteBuffer[]::new);
        }
    }

    private void taken(long count) {
        synchronized (lock) {
            ByteBuffer head = queue.peek();
            while (head != null && !head.hasRemaining()) {
                queue.remove();
                head = queue.peek();
            }
            pending -= count;
            if (pending <= HIGH_BYTES) {
                lock.notifyAll();
            }
        }
    }

    /** Everything queued is with the channel. */
    private void settle() throws IOException {
        if (unflushed) {
            if (!sink.flush()) {
                sink.resumeWrites();
                return;
            }
            unflushed = false;
        }
        sink.suspendWrites();
        boolean done;
        synchronized (lock) {
            if (!queue.isEmpty()) {
                wake();
                return;
            }
            done = ended && broken == null;
        }
        if (done && told.compareAndSet(false, true)) {
            ending.complete();
        } else if (!done) {
            tellFailure();
        }
    }

    private void tellFailure() {
        IOException cause;
        synchronized (lock) {
            cause = broken;
        }
        if (cause != null && told.compareAndSet(false, true)) {
            ending.failed(cause);
        }
    }
}
