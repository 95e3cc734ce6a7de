package dev.pilothouse.server.crash;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client that lists once and then only watches, over whatever happens to the server: after each
 * break it goes on from the last revision that it has seen. Notes everything that cannot be when no
 * event is lost, comes twice or comes in the wrong order. Thread-safe.
 */
final class HistoryWatcher implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Supplier<ResourceClient> client;
    private final ListOptions selection;
    private final Map<String, Entry> picture = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private final String first;
    private String revision;
    private int breaks;
    private volatile boolean closed;
    private volatile @Nullable Watch current;

    /** An object as it was seen last. */
    private record Entry(String uid, long revision) {}

    /** An event: what happened to which object, and when. */
    record Step(String type, String key, long revision) {}

    /**
     * A watcher at work.
     *
     * @param client reaches the server that is alive
     * @param selection which objects
     */
    HistoryWatcher(Supplier<ResourceClient> client, ListOptions selection) {
        this.client = client;
        this.selection = selection;
        ObjectList list = client.get().list(selection);
        list.items().forEach(object -> picture.put(key(object), entry(object)));
        this.first = list.resourceVersion();
        this.revision = first;
        thread.start();
    }

    private void run() {
        while (!closed) {
            try (Watch watch = client.get().watch(WatchOptions.after(selection, last()))) {
                current = watch;
                for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                    see(event);
                }
            } catch (TransportException e) {
                // The server was killed, or has not come back yet.
            } catch (ApiException e) {
                note(e.status().code() == 410, "cut off: " + e.getMessage());
            }
            synchronized (this) {
                breaks++;
            }
            pause();
        }
    }

    private synchronized String last() {
        return revision;
    }

    private synchronized void see(WatchEvent event) {
        switch (event) {
            case WatchEvent.Added(ObjectNode object) -> {
                note(picture.containsKey(key(object)), "added twice: " + key(object));
                step("ADDED", object);
                picture.put(key(object), entry(object));
            }
            case WatchEvent.Modified(ObjectNode object) -> {
                Entry before = picture.get(key(object));
                note(
                        before == null || !before.uid().equals(entry(object).uid()),
                        "modified but never added: " + key(object));
                step("MODIFIED", object);
                picture.put(key(object), entry(object));
            }
            case WatchEvent.Deleted(ObjectNode object) -> {
                note(picture.remove(key(object)) == null, "deleted, not there: " + key(object));
                step("DELETED", object);
            }
            case WatchEvent.Bookmark(String at, _) -> {
                note(Long.parseLong(at) < Long.parseLong(revision), "a bookmark in the past");
                revision = at;
            }
            case WatchEvent.Error(var status) -> note(true, "an error: " + status.message());
        }
    }

    private void step(String type, ObjectNode object) {
        Step step = new Step(type, key(object), entry(object).revision());
        note(
                step.revision() <= Long.parseLong(revision),
                "revisions go back from " + revision + " to " + step);
        revision = Long.toString(step.revision());
        steps.add(step);
    }

    private synchronized void note(boolean wrong, String what) {
        if (wrong) {
            faults.add(client.get().resource().resource() + ": " + what);
        }
    }

    /** What cannot be, so far. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** What has happened, so far. */
    synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    /** How often the watch broke. */
    synchronized int breaks() {
        return breaks;
    }

    /** Whether its picture is what a list shows at this moment. */
    boolean agrees() {
        Map<String, Entry> listed = new TreeMap<>();
        client.get().list(selection).items().forEach(each -> listed.put(key(each), entry(each)));
        synchronized (this) {
            return picture.equals(listed);
        }
    }

    /** The same history as the server tells it to somebody who asks for it now, in one go. */
    List<Step> replayed() {
        List<Step> told = new ArrayList<>();
        int wanted = steps().size();
        try (Watch watch = client.get().watch(WatchOptions.after(selection, first))) {
            while (told.size() < wanted) {
                switch (watch.next()) {
                    case WatchEvent.Added(ObjectNode object) -> told.add(told("ADDED", object));
                    case WatchEvent.Modified(ObjectNode object) ->
                            told.add(told("MODIFIED", object));
                    case WatchEvent.Deleted(ObjectNode object) -> told.add(told("DELETED", object));
                    case WatchEvent.Bookmark _ -> {}
                    case WatchEvent.Error(var status) -> throw new ApiException(status);
                    case null -> throw new IllegalStateException("the replay ended early");
                }
            }
        }
        return told;
    }

    private static Step told(String type, ObjectNode object) {
        return new Step(type, key(object), entry(object).revision());
    }

    private static String key(ObjectNode object) {
        return Json.text(object, "metadata", "namespace")
                + "/"
                + Json.text(object, "metadata", "name");
    }

    private static Entry entry(ObjectNode object) {
        return new Entry(
                Json.text(object, "metadata", "uid"),
                Long.parseLong(Json.text(object, "metadata", "resourceVersion")));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        Watch watch = current;
        if (watch != null) {
            watch.close();
        }
        thread.interrupt();
    }
}
