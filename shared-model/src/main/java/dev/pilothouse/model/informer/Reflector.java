package dev.pilothouse.model.informer;

import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ObjectList;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.client.Watch;
import dev.pilothouse.model.client.WatchOptions;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.WatchEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a sink up to date by list and watch. Starts with a streamed list where the server can
 * (KEP-3157), else with a paged list at any revision; resumes broken watches at the last revision
 * seen; lists anew when that has expired; waits longer and longer while the server fails. Source:
 * client-go tools/cache/reflector.go.
 */
final class Reflector implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
    private static final int PAGE = 500;
    private static final int SHORTEST_WATCH_SECONDS = 300;
    private static final long SHORT_WATCH_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * What is kept up to date; called on the reflector's thread only. Objects of a list come one by
     * one, so that nobody has to hold all of their trees at once: those of 100,000 pods would take
     * gigabytes.
     */
    interface Sink {
        /** A list begins; what came of one that has not been completed is void. */
        void begin();

        /** An object of the list. */
        void present(ObjectNode object);

        /** The list is complete: all other objects are gone. */
        void complete();

        /** One event: added, modified or deleted. */
        void apply(WatchEvent event);
    }

    private final ResourceClient client;
    private final ListOptions selection;
    private final Backoff backoff;
    private final Sink sink;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile @Nullable Watch current;
    private boolean streamsLists = true;
    private boolean listed;
    private boolean expired;
    private String version = "";
    private int failures;

    Reflector(ResourceClient client, ListOptions selection, Backoff backoff, Sink sink) {
        this.client = client;
        this.selection = selection;
        this.backoff = backoff;
        this.sink = sink;
    }

    /** Runs until closed. */
    @Override
    public void run() {
        while (!isStopped()) {
            try {
                if (listed) {
                    follow();
                } else {
                    begin();
                }
            } catch (ApiException e) {
                refused(e);
            } catch (TransportException e) {
                failed(e);
            } catch (RuntimeException e) {
                // A fault of ours in one event must not leave the copy stale for ever.
                LOG.error("{} cannot be followed; listing anew", client.resource(), e);
                listed = false;
                pause();
            }
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        Watch watch = current;
        if (watch != null) {
            watch.close();
        }
    }

    private void begin() {
        if (streamsLists) {
            try {
                streamList();
                return;
            } catch (ApiException e) {
                if (e.status().code() != 400 && e.status().code() != 422) {
                    throw e;
                }
                LOG.debug("{} cannot be listed as a stream: {}", client.resource(), e.getMessage());
                streamsLists = false;
            }
        }
        list();
    }

    /**
     * Takes the present state from the beginning of a watch, and then goes on with the same watch.
     */
    private void streamList() {
        WatchOptions options = WatchOptions.fromNow(selection).lasting(duration());
        try (Watch watch = open(options)) {
            sink.begin();
            for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                switch (event) {
                    case WatchEvent.Added(ObjectNode object) -> sink.present(object);
                    case WatchEvent.Bookmark(String revision, boolean ends) -> {
                        if (ends) {
                            complete(revision);
                            drain(watch);
                            return;
                        }
                    }
                    case WatchEvent.Error(var status) -> throw new ApiException(status);
                    case WatchEvent.Modified _, WatchEvent.Deleted _ ->
                            throw ApiException.internal(
                                    "a change before the end of the present state", null);
                }
            }
        }
        if (!isStopped()) {
            throw ApiException.unavailable("the watch ended before the present state was complete");
        }
    }

    private void list() {
        // Any revision is good to begin with; after an expired one only the newest is sure to be
        // kept.
        ListOptions options =
                expired ? selection : selection.at(version.isEmpty() ? "0" : version, "");
        sink.begin();
        ObjectList page = client.list(options.page(PAGE, ""));
        page.items().forEach(sink::present);
        while (!page.continueToken().isEmpty()) {
            page = client.list(selection.page(PAGE, page.continueToken()));
            page.items().forEach(sink::present);
        }
        complete(page.resourceVersion());
    }

    private void complete(String revision) {
        sink.complete();
        version = revision;
        listed = true;
        expired = false;
        failures = 0;
    }

    private void follow() {
        long started = System.nanoTime();
        boolean eventful;
        try (Watch watch = open(WatchOptions.after(selection, version).lasting(duration()))) {
            eventful = drain(watch);
        }
        if (!eventful && System.nanoTime() - started < SHORT_WATCH_NANOS) {
            // Something between us and the server cuts watches off; do not hammer it.
            pause();
        }
    }

    /** Applies events until the watch ends; returns whether there were any. */
    private boolean drain(Watch watch) {
        boolean eventful = false;
        for (WatchEvent event = watch.next(); event != null && !isStopped(); event = watch.next()) {
            eventful = true;
            switch (event) {
                case WatchEvent.Added(ObjectNode object) -> apply(event, object);
                case WatchEvent.Modified(ObjectNode object) -> apply(event, object);
                case WatchEvent.Deleted(ObjectNode object) -> apply(event, object);
                case WatchEvent.Bookmark(String revision, _) -> version = revision;
                case WatchEvent.Error(var status) -> throw new ApiException(status);
            }
            failures = 0;
        }
        return eventful;
    }

    private void apply(WatchEvent event, ObjectNode object) {
        sink.apply(event);
        version = Json.text(object, "metadata", "resourceVersion");
    }

    private Watch open(WatchOptions options) {
        Watch watch = client.watch(options.leavingOutManagers());
        current = watch;
        if (isStopped()) {
            watch.close();
        }
        return watch;
    }

    private void refused(ApiException e) {
        if (e.status().code() == 410) {
            LOG.debug("{}: {}; listing anew", client.resource(), e.getMessage());
            boolean again = expired;
            listed = false;
            expired = true;
            if (!again) {
                return;
            }
        }
        failed(e);
    }

    private void failed(RuntimeException e) {
        if (!isStopped()) {
            LOG.warn("{} cannot be followed: {}", client.resource(), e.getMessage());
            pause();
        }
    }

    private void pause() {
        failures++;
        try {
            boolean stop = stopped.await(backoff.after(failures).toMillis(), TimeUnit.MILLISECONDS);
            LOG.trace("stopped while waiting: {}", stop);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private static Duration duration() {
        int random = ThreadLocalRandom.current().nextInt(SHORTEST_WATCH_SECONDS);
        return Duration.ofSeconds(SHORTEST_WATCH_SECONDS + random);
    }
}
