package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.registry.Selection;
import dev.pilothouse.server.request.EventSource;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WatchStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One watch: first the present state where the client asked for it, then what happens, seen through
 * its selectors, with bookmarks between. Objects that begin or cease to match appear as added or
 * deleted.
 */
final class WatchEvents implements EventSource {

    private final WatchStream stream;
    private final Selection selection;
    private final FrameEncoder frames;
    private final boolean marksInitialEnd;
    private final long startRevision;
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();

    private Iterator<StoredObject> initial;
    private boolean initialDone;
    private volatile boolean bookmarkDue;
    private volatile boolean timedOut;
    private volatile boolean failed;
    private volatile @Nullable Runnable wakeup;
    private volatile @Nullable Runnable closing;

    /**
     * A watch.
     *
     * @param stream events after {@code startRevision}
     * @param selection which objects
     * @param frames encodes events
     * @param initial the present state to start with, may be empty
     * @param startRevision the revision of the present state
     * @param marksInitialEnd whether a bookmark says where the present state ends
     */
    WatchEvents(
            WatchStream stream,
            Selection selection,
            FrameEncoder frames,
            Iterator<StoredObject> initial,
            long startRevision,
            boolean marksInitialEnd) {
        this.stream = stream;
        this.selection = selection;
        this.frames = frames;
        this.initial = initial;
        this.startRevision = startRevision;
        this.marksInitialEnd = marksInitialEnd;
    }

    /** Adds a timer that ends with this watch. */
    synchronized void own(ScheduledFuture<?> timer) {
        timers.add(timer);
    }

    /** Has somebody told when the watch is over. */
    void onClose(Runnable listener) {
        closing = listener;
    }

    /** Has a bookmark sent soon. */
    void bookmarkSoon() {
        bookmarkDue = true;
        wake();
    }

    /** Ends the watch in good order after what is waiting. */
    void timeOut() {
        timedOut = true;
        wake();
    }

    @Override
    public List<Frame> poll(int max) {
        if (failed) {
            return List.of();
        }
        List<Frame> batch = new ArrayList<>();
        try {
            takeInitial(batch, max);
            if (batch.size() < max) {
                takeEvents(batch, max);
            }
        } catch (ApiException e) {
            // An object that cannot be converted cannot be passed over either.
            failed = true;
            batch.add(frames.error(e.status()));
        }
        if (bookmarkDue && !failed && batch.size() < max) {
            bookmarkDue = false;
            batch.add(frames.bookmark(Math.max(stream.revision(), startRevision), false));
        }
        return batch;
    }

    private void takeInitial(List<Frame> batch, int max) {
        if (initialDone) {
            return;
        }
        while (initial.hasNext() && batch.size() < max) {
            StoredObject object = initial.next();
            if (selection.matches(object)) {
                batch.add(frames.event("ADDED", object));
            }
        }
        if (!initial.hasNext() && batch.size() < max) {
            initialDone = true;
            initial = Collections.emptyIterator();
            if (marksInitialEnd) {
                batch.add(frames.bookmark(startRevision, true));
            }
        }
    }

    private void takeEvents(List<Frame> batch, int max) {
        try {
            while (batch.size() < max) {
                List<StoreEvent> events = stream.poll(max - batch.size());
                if (events.isEmpty()) {
                    return;
                }
                for (StoreEvent event : events) {
                    add(event, batch);
                }
            }
        } catch (RevisionException e) {
            failed = true;
            batch.add(frames.error(ReadRevision.explain(e).status()));
        }
    }

    private void add(StoreEvent event, List<Frame> batch) {
        StoredObject previous = event.previous();
        boolean matched = previous != null && selection.matches(previous);
        switch (event.type()) {
            case CREATE, UPDATE -> {
                boolean matches = selection.matches(event.object());
                if (matches) {
                    batch.add(frames.event(matched ? "MODIFIED" : "ADDED", event.object()));
                } else if (matched) {
                    batch.add(frames.event("DELETED", lastMatching(previous, event.revision())));
                }
            }
            case DELETE -> {
                if (matched) {
                    batch.add(frames.event("DELETED", event.object()));
                }
            }
        }
    }

    /** The last state that matched, at the revision at which it ceased to match. */
    private static ObjectNode lastMatching(@Nullable StoredObject previous, long revision) {
        ObjectNode object = previous == null ? Json.object() : Json.parseObject(previous.json());
        Json.child(object, "metadata").put("resourceVersion", Long.toString(revision));
        return object;
    }

    @Override
    public boolean ended() {
        return failed || timedOut;
    }

    @Override
    public void onAvailable(@Nullable Runnable newWakeup) {
        wakeup = newWakeup;
        stream.onAvailable(newWakeup);
        if (newWakeup != null && (ended() || bookmarkDue || !initialDone)) {
            newWakeup.run();
        }
    }

    @Override
    public void close() {
        wakeup = null;
        Runnable listener = closing;
        if (listener != null) {
            listener.run();
        }
        synchronized (this) {
            timers.forEach(timer -> timer.cancel(false));
            timers.clear();
        }
        stream.close();
    }

    private void wake() {
        Runnable current = wakeup;
        if (current != null) {
            current.run();
        }
    }
}
