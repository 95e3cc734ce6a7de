package dev.pilothouse.server.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keys that wait to be worked on, each at most once. A key that is added while it is worked on
 * comes again afterwards, so that no key is worked on twice at once and no change is missed.
 * Thread-safe. Source: client-go util/workqueue.
 *
 * @param <K> the keys
 */
public final class WorkQueue<K> {

    private static final Duration FIRST_DELAY = Duration.ofMillis(5);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(100);

    private final Delays delays;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition available = lock.newCondition();
    private final Queue<K> waiting = new ArrayDeque<>();
    private final Set<K> dirty = new HashSet<>();
    private final Set<K> processing = new HashSet<>();
    private final Map<K, Instant> delayed = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private boolean closed;

    /**
     * An empty queue.
     *
     * @param delays brings back keys that were put off
     * @param clock tells which of two delays ends first
     */
    public WorkQueue(Delays delays, InstantSource clock) {
        this.delays = delays;
        this.clock = clock;
    }

    /** Adds a key unless it waits already. */
    public void add(K key) {
        lock.lock();
        try {
            if (closed || !dirty.add(key) || processing.contains(key)) {
                return;
            }
            waiting.add(key);
            available.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a key after a time, or earlier if it was to come earlier. */
    public void addAfter(K key, Duration delay) {
        if (!delay.isPositive()) {
            add(key);
            return;
        }
        Instant due = clock.instant().plus(delay);
        lock.lock();
        try {
            Instant earlier = delayed.get(key);
            if (closed || (earlier != null && !earlier.isAfter(due))) {
                return;
            }
            delayed.put(key, due);
        } finally {
            lock.unlock();
        }
        delays.after(delay, () -> arrive(key, due));
    }

    /** Adds a key after a time that doubles with every call until {@link #forget}. */
    public void addRateLimited(K key) {
        int before;
        lock.lock();
        try {
            before = failures.merge(key, 1, Integer::sum) - 1;
        } finally {
            lock.unlock();
        }
        double nanos = FIRST_DELAY.toNanos() * Math.pow(2, Math.min(before, 30));
        addAfter(key, Duration.ofNanos((long) Math.min(nanos, LONGEST_DELAY.toNanos())));
    }

    /** The key has not failed. */
    public void forget(K key) {
        lock.lock();
        try {
            failures.remove(key);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a key, which the caller then works on and hands to {@link #done}; null when the
     * queue is closed.
     */
    public @Nullable K take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                available.awaitUninterruptibly();
            }
            K key = closed ? null : waiting.poll();
            if (key != null) {
                dirty.remove(key);
                processing.add(key);
            }
            return key;
        } finally {
            lock.unlock();
        }
    }

    /** Work on a key has ended. */
    public void done(K key) {
        lock.lock();
        try {
            processing.remove(key);
            if (dirty.contains(key) && !closed) {
                waiting.add(key);
                available.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many keys wait. */
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes and gives no more keys. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            delayed.clear();
            available.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void arrive(K key, Instant due) {
        lock.lock();
        try {
            if (!delayed.remove(key, due)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        add(key);
    }
}
