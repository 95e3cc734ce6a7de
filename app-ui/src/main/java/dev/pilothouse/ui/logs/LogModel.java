package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.logs.feed.History;
import dev.pilothouse.ui.logs.feed.LogFeed;
import dev.pilothouse.ui.logs.feed.LogTarget;
import dev.pilothouse.ui.logs.feed.SourceState;
import dev.pilothouse.ui.logs.store.Level;
import dev.pilothouse.ui.logs.store.LineFilter;
import dev.pilothouse.ui.logs.store.LineTest;
import dev.pilothouse.ui.logs.store.LogStore;
import dev.pilothouse.ui.logs.store.LogView;
import dev.pilothouse.ui.logs.store.Scanner;
import dev.pilothouse.ui.logs.store.TextPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the screen of logs shows: lines that pass the filter, places where the search is found,
 * containers. Belongs to the JavaFX thread; work is done on others.
 */
public final class LogModel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogModel.class);

    private final Cluster cluster;
    private final Path directory;
    private final Executor pulse;
    private final List<Runnable> listeners = new ArrayList<>();
    private final AtomicBoolean pending = new AtomicBoolean();
    private final BitSet hidden = new BitSet();
    private final LogTarget target;
    private History history = History.ALL;
    private boolean previous;
    private @Nullable TextPattern filter;
    private @Nullable TextPattern search;
    private Level least = Level.NONE;
    private @Nullable Reading reading;
    private String failure = "";

    /** One store, and what reads into and out of it. */
    private static final class Reading implements AutoCloseable {
        private final LogStore store;
        private final Scanner scanner;
        private final LogFeed feed;
        private final LogView grave;
        private final TreeSet<Integer> bookmarks;
        private LogView view;
        private @Nullable LogView hits;

        Reading(LogStore store, Scanner scanner, LogFeed feed, LineTest test) {
            this.store = store;
            this.scanner = scanner;
            this.feed = feed;
            this.bookmarks = new TreeSet<>(store::compare);
            this.view = new LogView(store, test);
            this.grave = new LogView(store, LineFilter.atLeast(Level.ERROR));
            scanner.add(view);
            scanner.add(grave);
        }

        @Override
        public void close() {
            feed.close();
            scanner.close();
            try {
                store.close();
            } catch (IOException e) {
                LOG.warn("Files of logs stay behind", e);
            }
        }
    }

    /**
     * Starts to read.
     *
     * @param directory where lines are kept as long as the screen is open
     * @param pulse runs work on the JavaFX thread
     */
    public LogModel(
            Cluster cluster, LogTarget target, boolean previous, Path directory, Executor pulse) {
        this.previous = previous;
        this.cluster = cluster;
        this.target = target;
        this.directory = directory;
        this.pulse = pulse;
        open();
    }

    /** Adds a listener to everything that may change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void open() {
        close();
        failure = "";
        hidden.clear();
        try {
            var store = new LogStore(directory);
            reading =
                    new Reading(
                            store,
                            new Scanner(store, this::changed),
                            new LogFeed(cluster, store, target, history, previous, this::changed),
                            test());
            searchAgain();
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
        changed();
    }

    /** From any thread; merges what comes before the next pulse. */
    private void changed() {
        if (pending.compareAndSet(false, true)) {
            pulse.execute(() -> {
                pending.set(false);
                listeners.forEach(Runnable::run);
            });
        }
    }

    /** Stops reading, as long as nobody looks; then it goes on where it was. */
    public void pause(boolean stop) {
        if (reading != null) {
            reading.feed.pause(stop);
        }
    }

    /** Reads again, with more or less of what was logged before. */
    public void read(History wanted, boolean withPrevious) {
        history = wanted;
        previous = withPrevious;
        open();
    }

    /** Tries again at once what has failed. */
    public void retry() {
        if (reading == null) {
            open();
        } else {
            reading.feed.retry();
        }
    }

    LogTarget target() {
        return target;
    }

    History history() {
        return history;
    }

    boolean isPrevious() {
        return previous;
    }

    /** Why lines cannot be kept; empty when they can. */
    String failure() {
        return failure;
    }

    /** What passes the filter; null when nothing can be read. */
    public @Nullable LogView view() {
        return reading == null ? null : reading.view;
    }

    /** The lines of the view in which the search is found; null without a search. */
    public @Nullable LogView hits() {
        return reading == null ? null : reading.hits;
    }

    /** All errors. */
    @Nullable LogView grave() {
        return reading == null ? null : reading.grave;
    }

    /** How many lines have been read. */
    public int total() {
        return reading == null ? 0 : reading.store.size();
    }

    long bytes() {
        return reading == null ? 0 : reading.store.bytes();
    }

    /** The containers. */
    public List<SourceState> sources() {
        return reading == null ? List.of() : reading.feed.sources();
    }

    boolean isListed() {
        return reading != null && reading.feed.isListed();
    }

    Connection connection() {
        return reading == null ? new Connection.Connecting() : reading.feed.connection();
    }

    @Nullable TextPattern filter() {
        return filter;
    }

    Level least() {
        return least;
    }

    @Nullable TextPattern search() {
        return search;
    }

    boolean isFiltered() {
        return filter != null || least != Level.NONE || !hidden.isEmpty();
    }

    /** Shows only lines that contain a text and are of a level or graver. */
    public void filter(@Nullable TextPattern text, Level level) {
        filter = text;
        least = level;
        refilter();
    }

    /** Looks for a text in the lines that are shown; null ends that. */
    public void search(@Nullable TextPattern text) {
        search = text;
        searchAgain();
        changed();
    }

    boolean isHidden(int source) {
        return hidden.get(source);
    }

    /** Shows or hides the lines of a container. */
    void hide(int source, boolean hide) {
        hidden.set(source, hide);
        refilter();
    }

    /** Hides all others, or shows all again when the others are hidden. */
    void only(int source) {
        var others = new BitSet();
        sources().forEach(state -> others.set(state.id(), state.id() != source));
        boolean already = hidden.equals(others);
        hidden.clear();
        if (!already) {
            hidden.or(others);
        }
        refilter();
    }

    private LineTest test() {
        return new LineFilter(filter, hidden, least);
    }

    private void refilter() {
        if (reading != null) {
            reading.scanner.remove(reading.view);
            reading.view = new LogView(reading.store, test());
            reading.scanner.add(reading.view);
            searchAgain();
        }
        changed();
    }

    private void searchAgain() {
        if (reading == null) {
            return;
        }
        if (reading.hits != null) {
            reading.scanner.remove(reading.hits);
            reading.hits = null;
        }
        if (search != null) {
            reading.hits = new LogView(reading.store, test().containing(search));
            reading.scanner.add(reading.hits);
        }
    }

    boolean isBookmarked(int id) {
        return reading != null && reading.bookmarks.contains(id);
    }

    /** Sets or takes away a bookmark. */
    void toggleBookmark(int id) {
        if (reading != null && !reading.bookmarks.remove(id)) {
            reading.bookmarks.add(id);
        }
        changed();
    }

    int bookmarks() {
        return reading == null ? 0 : reading.bookmarks.size();
    }

    /** The next bookmark after or before a line, around the end; null when there is none. */
    @Nullable Integer bookmark(int id, boolean forward) {
        if (reading == null || reading.bookmarks.isEmpty()) {
            return null;
        }
        TreeSet<Integer> set = reading.bookmarks;
        Integer next = forward ? set.higher(id) : set.lower(id);
        return next != null ? next : forward ? set.first() : set.last();
    }

    /** The next line with the search after or before a line, around the end; -1 without any. */
    int hit(int id, boolean forward) {
        LogView found = hits();
        int size = found == null ? 0 : found.size();
        if (found == null || size == 0) {
            return -1;
        }
        int place = found.place(id);
        boolean on = place < size && found.id(place) == id;
        int next = forward ? (on ? place + 1 : place) : place - 1;
        return found.id(Math.floorMod(next, size));
    }

    /** Ends reading; the lines are deleted. */
    @Override
    public void close() {
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }
}
