package dev.pilothouse.ui.cluster;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A body that must not fall silent: a server that begins an answer and does not go on, or a
 * connection that a network has forgotten, ends with {@link HttpTimeoutException}. Until JDK 26 the
 * time limit of a request ends with the headers.
 */
final class IdleLimit extends FilterInputStream {

    private final Duration limit;
    private volatile long last = System.nanoTime();
    private volatile boolean silent;
    private volatile boolean closed;

    private IdleLimit(InputStream body, Duration limit) {
        super(body);
        this.limit = limit;
    }

    /** A body of which something has to come within a time, again and again. */
    static InputStream of(InputStream body, Duration limit) {
        IdleLimit limited = new IdleLimit(body, limit);
        limited.look(limit.toNanos());
        return limited;
    }

    private void look(long nanos) {
        Executor later =
                CompletableFuture.delayedExecutor(
                        nanos, TimeUnit.NANOSECONDS, task -> Thread.ofVirtual().start(task));
        later.execute(this::check);
    }

    private void check() {
        if (closed) {
            return;
        }
        long left = limit.toNanos() - (System.nanoTime() - last);
        if (left > 0) {
            look(left);
            return;
        }
        silent = true;
        try {
            close();
        } catch (IOException e) {
            // Whoever reads it hears of the silence.
        }
    }

    private int came(int read) throws IOException {
        if (silent) {
            throw new HttpTimeoutException("nothing came for " + limit);
        }
        last = System.nanoTime();
        return read;
    }

    private IOException why(IOException failure) {
        return silent ? new HttpTimeoutException("nothing came for " + limit) : failure;
    }

    @Override
    public int read() throws IOException {
        try {
            return came(super.read());
        } catch (IOException e) {
            throw why(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return came(super.read(buffer, offset, length));
        } catch (IOException e) {
            throw why(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
