package dev.pilothouse.server.storage.journal;

import dev.pilothouse.server.storage.LogRecord;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that moves revisions from the journal to the log, many at a time, and tidies the log
 * up between. After its first failure it does nothing more, and who waits for it is told.
 */
final class Settler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final BaseLog base;
    private final Tail tail;
    private final JournalLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;

    private int waiting;
    private long waitingBytes;
    private long waitingSince;
    private long newest;
    private long settled;
    private long reserved;
    private long wanted;
    private boolean untidy = true;
    private boolean closed;
    private @Nullable RuntimeException failure;

    /** Both the log and the journal have everything up to a revision. */
    Settler(BaseLog base, Tail tail, JournalLimits limits, long revision) {
        this.base = base;
        this.tail = tail;
        this.limits = limits;
        this.newest = revision;
        this.settled = revision;
        this.thread = Thread.ofPlatform().name("store-settler").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Says that the tail has more now. */
    void added(List<LogRecord> batch) {
        long bytes = 0;
        for (LogRecord row : batch) {
            bytes += row.json().length;
        }
        lock.lock();
        try {
            if (waiting == 0) {
                waitingSince = System.nanoTime();
            }
            boolean first = waiting == 0;
            boolean wasDue = isDue();
            waiting += batch.size();
            waitingBytes += bytes;
            newest = batch.getLast().revision();
            if (first || (!wasDue && isDue())) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Is written to the log together with what comes next. */
    void reserve(long upTo) {
        lock.lock();
        try {
            reserved = upTo;
        } finally {
            lock.unlock();
        }
    }

    /** Throws what has gone wrong, if anything has. */
    void check() {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the log has everything up to a revision. */
    void await(long revision) {
        lock.lock();
        try {
            wanted = Math.max(wanted, Math.min(revision, newest));
            changed.signalAll();
            while (settled < Math.min(revision, newest) && failure == null) {
                changed.awaitUninterruptibly();
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the log has everything there is. */
    void awaitAll() {
        await(Long.MAX_VALUE);
    }

    private boolean isDue() {
        return waiting > 0
                && (waiting >= limits.records()
                        || waitingBytes >= limits.bytes()
                        || wanted > settled
                        || ageLeft() <= 0);
    }

    private long ageLeft() {
        return limits.ageNanos() - (System.nanoTime() - waitingSince);
    }

    private void run() {
        try {
            while (awaitWork()) {
                List<LogRecord> some = List.of();
                long upTo;
                lock.lock();
                try {
                    upTo = reserved;
                    if (isDue()) {
                        some = tail.oldest(2 * limits.records(), 2L * limits.bytes());
                    }
                    reserved = some.isEmpty() ? reserved : 0;
                } finally {
                    lock.unlock();
                }
                if (!some.isEmpty()) {
                    base.append(some, upTo);
                    tail.remove(some.getLast().revision());
                    settled(some);
                } else if (!base.maintain()) {
                    untidy(false);
                }
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Waits until there is something to do; false when it is time to end. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (!closed && !untidy && !isDue()) {
                if (waiting == 0) {
                    changed.awaitUninterruptibly();
                } else {
                    changed.awaitNanos(Math.max(ageLeft(), TimeUnit.MILLISECONDS.toNanos(1)));
                }
            }
            return !closed;
        } catch (InterruptedException e) {
            return !closed; // nobody has a reason to interrupt this thread
        } finally {
            lock.unlock();
        }
    }

    private void settled(List<LogRecord> rows) {
        lock.lock();
        try {
            waiting -= rows.size();
            for (LogRecord row : rows) {
                waitingBytes -= row.json().length;
            }
            waitingSince = System.nanoTime();
            settled = rows.getLast().revision();
            untidy = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void untidy(boolean is) {
        lock.lock();
        try {
            untidy = is;
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable cause) {
        LOG.error("What is in the journal could not be moved to the log", cause);
        lock.lock();
        try {
            failure =
                    cause instanceof RuntimeException exception
                            ? exception
                            : new IllegalStateException(cause);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread as it is. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
