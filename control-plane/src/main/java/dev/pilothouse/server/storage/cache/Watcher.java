package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.WatchStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One watch. It has no queue of its own: it follows the shared list of recent events, and when it
 * falls behind what is there it reads the log on disk until it has caught up.
 */
final class Watcher implements WatchStream {

    private static final VarHandle WAITING;

    static {
        try {
            WAITING = MethodHandles.lookup().findVarHandle(Watcher.class, "waiting", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final WatchCache cache;
    private final GroupResource resource;
    private final String namespace;
    private final CatchUp catchUp;

    /** The channel joined and the place in its list; guarded by the cache's lock. */
    @Nullable Channel channel;

    int slot;

    /** The last node handed out; null while reading from the log. Only the consumer sets it. */
    private volatile @Nullable EventNode position;

    private volatile long revision;
    private volatile boolean waiting;
    private volatile boolean closed;
    private volatile @Nullable Runnable wakeup;

    Watcher(
            WatchCache cache,
            GroupResource resource,
            String namespace,
            long fromRevision,
            CatchUp catchUp) {
        this.cache = cache;
        this.resource = resource;
        this.namespace = namespace;
        this.revision = fromRevision;
        this.catchUp = catchUp;
    }

    GroupResource resource() {
        return resource;
    }

    String namespace() {
        return namespace;
    }

    /** Joins the cache; events from now on will be seen. */
    void start() {
        cache.join(this);
        position = cache.resume(this, revision);
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public List<StoreEvent> poll(int max) {
        while (!closed) {
            EventNode from = position;
            List<StoreEvent> events = from == null ? readLog(max) : follow(from, max);
            if (!events.isEmpty()) {
                return events;
            }
            EventNode reached = position;
            if (reached == null) {
                continue;
            }
            waiting = true;
            if (reached.next == null || !disarm()) {
                return List.of();
            }
        }
        return List.of();
    }

    /** Takes events from the shared list; goes over to the log when it has moved on too far. */
    private List<StoreEvent> follow(EventNode from, int max) {
        long seen = cache.published(); // before looking: what it covers is in the list
        List<StoreEvent> events = new ArrayList<>();
        EventNode node = from;
        while (events.size() < max) {
            EventNode next = node.next;
            if (next == null) {
                revision = Math.max(revision, seen);
                break;
            }
            StoreEvent event = next.event;
            if (event == null) {
                if (events.isEmpty()) {
                    position = null;
                    return events;
                }
                break;
            }
            events.add(event);
            node = next;
        }
        position = node;
        if (!events.isEmpty()) {
            revision = Math.max(revision, events.getLast().revision());
        }
        return events;
    }

    /** Reads on in the log; empty when it has been read up to where the shared list begins. */
    private List<StoreEvent> readLog(int max) {
        while (!closed) {
            EventNode found = cache.resume(this, revision);
            position = found;
            if (found != null) {
                catchUp.forget();
                return List.of();
            }
            CatchUp.Step step = catchUp.read(revision, cache.floor(), max);
            revision = Math.max(revision, step.revision());
            if (!step.events().isEmpty()) {
                return step.events();
            }
        }
        return List.of();
    }

    /** Whether it waited; it does not any more. */
    boolean disarm() {
        return waiting && (boolean) WAITING.compareAndSet(this, true, false);
    }

    void wake() {
        Runnable run = wakeup;
        if (run != null) {
            run.run();
        }
    }

    @Override
    public void onAvailable(@Nullable Runnable run) {
        wakeup = run;
        waiting = run != null;
        EventNode at = position;
        if (run != null && (at == null || at.next != null)) {
            run.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        wakeup = null;
        cache.leave(this);
    }
}
