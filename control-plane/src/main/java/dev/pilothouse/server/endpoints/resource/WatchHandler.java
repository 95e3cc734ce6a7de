package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.EventSource;
import dev.pilothouse.server.request.EventSource.Frame;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.RevisionException.Problem;
import dev.pilothouse.server.storage.Snapshot;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WatchStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts watches. Source: apiserver endpoints/handlers/get.go and the API concepts on resource
 * versions.
 */
final class WatchHandler implements VerbHandler {

    private static final long BOOKMARK_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long TOGETHER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORTEST_SECONDS = 1800;

    private final Storage storage;
    private final ObjectEncoder encoder;
    private final ScheduledExecutorService timers;
    private final SharedFrames frames = new SharedFrames();
    private final Map<WatchEvents, GroupResource> custom = new ConcurrentHashMap<>();

    WatchHandler(Storage storage, ObjectEncoder encoder, ScheduledExecutorService timers) {
        this.storage = storage;
        this.encoder = encoder;
        this.timers = timers;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), true);
        ListOptions options = ListOptions.parse(call, true);
        FrameEncoder form = new FrameEncoder(call, output, encoder, frames);
        EventSource source;
        try {
            source = start(call, options, form);
        } catch (RevisionException e) {
            if (e.problem() == Problem.FUTURE) {
                throw ReadRevision.explain(e);
            }
            source = new SingleEvent(form.error(ReadRevision.explain(e).status()));
        }
        return new ApiResponse.EventStream(200, List.of(), contentType(output), source);
    }

    /**
     * Ends the watches of a custom resource that is served otherwise than before, or no more: what
     * they send would not fit what clients now see. Clients list and watch again.
     */
    void end(GroupResource resource) {
        custom.forEach((events, watched) -> {
            if (watched.equals(resource)) {
                events.timeOut();
            }
        });
    }

    private EventSource start(ResourceCall call, ListOptions options, FrameEncoder form) {
        long revision = options.revision();
        boolean legacyState = revision == 0 && !call.request().query().has("sendInitialEvents");
        boolean withState = options.initialEvents() || legacyState;
        Iterator<StoredObject> initial = Collections.emptyIterator();
        long start = revision;
        if (withState || revision == 0) {
            if (revision > 0) {
                storage.awaitRevision(revision, ReadRevision.PATIENCE);
            }
            Snapshot snapshot = storage.snapshot(call.kind().storage().groupResource());
            start = snapshot.revision();
            if (withState) {
                initial = snapshot.iterate(call.namespace(), null, null);
            }
        } else if (revision > storage.revision()) {
            storage.awaitRevision(revision, ReadRevision.PATIENCE);
        }
        WatchStream stream =
                storage.watch(call.kind().storage().groupResource(), call.namespace(), start);
        WatchEvents events =
                new WatchEvents(
                        stream, options.selection(), form, initial, start, options.initialEvents());
        if (call.kind().custom()) {
            custom.put(events, call.kind().groupResource());
            events.onClose(() -> custom.remove(events));
        }
        try {
            schedule(events, options);
        } catch (RejectedExecutionException _) {
            events.close();
            throw ApiException.unavailable("the server is shutting down");
        }
        return encoder.conversions().mayBlock(call.kind())
                ? new DetachedEvents(events, form)
                : events;
    }

    private void schedule(WatchEvents events, ListOptions options) {
        long seconds =
                options.timeoutSeconds() > 0
                        ? options.timeoutSeconds()
                        : SHORTEST_SECONDS + ThreadLocalRandom.current().nextLong(SHORTEST_SECONDS);
        events.own(timers.schedule(events::timeOut, seconds, TimeUnit.SECONDS));
        if (options.bookmarks()) {
            events.own(
                    timers.scheduleAtFixedRate(
                            events::bookmarkSoon,
                            firstBookmark(System.nanoTime()),
                            BOOKMARK_NANOS,
                            TimeUnit.NANOSECONDS));
        }
    }

    /**
     * How long until a watch gets its first bookmark. Watches that begin at about the same time, as
     * those of the controllers do, get theirs together: one wake-up instead of one for each.
     */
    static long firstBookmark(long now) {
        return BOOKMARK_NANOS - Math.floorMod(now, TOGETHER_NANOS);
    }

    private static String contentType(Output output) {
        return output.format() == ContentFormat.PROTOBUF
                ? output.format().mediaType() + ";stream=watch"
                : ContentFormat.JSON.mediaType();
    }

    /** A stream of one event. */
    private static final class SingleEvent implements EventSource {

        private @Nullable Frame frame;

        SingleEvent(Frame frame) {
            this.frame = frame;
        }

        @Override
        public synchronized List<Frame> poll(int max) {
            Frame only = frame;
            frame = null;
            return only == null ? List.of() : List.of(only);
        }

        @Override
        public synchronized boolean ended() {
            return frame == null;
        }

        @Override
        public void onAvailable(@Nullable Runnable wakeup) {
            if (wakeup != null) {
                wakeup.run();
            }
        }

        @Override
        public void close() {}
    }
}
