package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The present state, and the most recent events bounded by number and bytes. One writer publishes;
 * any thread reads the state without a lock. The lock is held for moments only, never while code of
 * others runs.
 */
final class WatchCache {

    private static final Logger LOG = LoggerFactory.getLogger(WatchCache.class);

    private final int maxEvents;
    private final long maxBytes;
    private final Map<GroupResource, Channels> channels = new HashMap<>();
    private final ArrayDeque<StoreEvent> recent = new ArrayDeque<>();
    private long recentBytes;
    private int waitingForRevision;

    private final PointIndex points;
    private volatile State state;
    private volatile long published;
    private volatile long floor;

    /** Starts with a state and no events. */
    WatchCache(State state, int maxEvents, long maxBytes) {
        this.state = state;
        this.points = new PointIndex(state);
        this.published = state.revision();
        this.floor = state.revision();
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    State state() {
        return state;
    }

    /** The object as it is now, or null. */
    @Nullable StoredObject get(ObjectKey key, int resource) {
        State now = state;
        // Looked at before the object is: what is found then is at least as new as the state.
        return points.revision() == now.revision() ? points.get(key) : now.map(resource).get(key);
    }

    /** All events up to this revision have been appended to their channels. */
    long published() {
        return published;
    }

    /** All events newer than this revision are here. */
    long floor() {
        return floor;
    }

    /**
     * Makes a new state visible and hands its events to the watchers.
     *
     * @param durable events up to this revision can be read from the log, so may be dropped here
     */
    void publish(State next, List<StoreEvent> events, long durable) {
        List<Channel> touched = new ArrayList<>();
        List<Watcher> waiting = new ArrayList<>();
        synchronized (this) {
            state = next; // first: who sees an event must also be able to read the object
            points.apply(events, next.revision());
            for (StoreEvent event : events) {
                channels(event.object().key().resource()).append(event, touched);
                recent.addLast(event);
                recentBytes += bytes(event);
            }
            published = next.revision();
            touched.forEach(channel -> channel.collectWaiting(waiting));
            dropOld(durable);
            if (waitingForRevision > 0) {
                notifyAll();
            }
        }
        for (Watcher watcher : waiting) {
            wake(watcher);
        }
    }

    private static void wake(Watcher watcher) {
        try {
            watcher.wake();
        } catch (Throwable e) { // one bad watcher must not stop the writer
            LOG.warn("A watcher's wake-up failed", e);
        }
    }

    private void dropOld(long durable) {
        while (recent.size() > maxEvents || recentBytes > maxBytes) {
            StoreEvent oldest = recent.peekFirst();
            if (oldest == null || oldest.revision() > durable) {
                return;
            }
            recent.removeFirst();
            recentBytes -= bytes(oldest);
            floor = oldest.revision();
            channels(oldest.object().key().resource()).drop(oldest);
        }
    }

    private static long bytes(StoreEvent event) {
        StoredObject previous = event.previous();
        return 200L
                + event.object().json().length
                + (previous == null ? 0 : previous.json().length);
    }

    private Channels channels(GroupResource resource) {
        return channels.computeIfAbsent(resource, any -> new Channels());
    }

    synchronized void join(Watcher watcher) {
        watcher.channel = channels(watcher.resource()).open(watcher.namespace());
        watcher.channel.add(watcher);
    }

    synchronized void leave(Watcher watcher) {
        if (watcher.channel != null) {
            watcher.channel = null;
            channels(watcher.resource()).leave(watcher.namespace(), watcher);
        }
    }

    /** Where a watcher goes on that has seen everything up to a revision; null when not here. */
    synchronized @Nullable EventNode resume(Watcher watcher, long revision) {
        Channel channel = watcher.channel;
        return channel == null || revision < floor ? null : channel.after(revision);
    }

    /** Recent events of a resource after a revision and up to another; null when some are gone. */
    synchronized @Nullable List<StoreEvent> events(GroupResource resource, long after, long upTo) {
        return after < floor ? null : channels(resource).all().events(after, upTo);
    }

    /** Waits until the state has a revision; whether it came in time. */
    boolean await(long revision, Duration timeout) throws InterruptedException {
        if (state.revision() >= revision) {
            return true;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (this) {
            waitingForRevision++;
            try {
                while (state.revision() < revision) {
                    long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
                    if (millis <= 0) {
                        return false;
                    }
                    wait(millis);
                }
                return true;
            } finally {
                waitingForRevision--;
            }
        }
    }
}
