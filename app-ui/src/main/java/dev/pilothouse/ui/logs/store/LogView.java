package dev.pilothouse.ui.logs.store;

import java.io.IOException;
import java.util.List;

/**
 * The lines that pass a filter, in the order of time, as far as the store has been gone through.
 * Thread-safe.
 */
public final class LogView {

    /** Lines tested in one step. */
    static final int STEP = 1 << 14;

    private final LogStore store;
    private final LineTest filter;
    private final Order order;
    private final byte[][] buffer = {new byte[1 << 18]};
    private final int[] found = new int[STEP];
    private final int[] spare = new int[STEP];
    private int count;
    private int tested;
    private long late;

    /** A view of lines that pass a filter. */
    public LogView(LogStore store, LineTest filter) {
        this.store = store;
        this.filter = filter;
        this.order = new Order(store);
    }

    /** What lines have to pass. */
    public LineTest filter() {
        return filter;
    }

    /** How many lines have passed. */
    public synchronized int size() {
        return order.size();
    }

    /** How many lines of the store have been tested. */
    public synchronized int tested() {
        return tested;
    }

    /** The number of a line at a position. */
    public synchronized int id(int position) {
        return order.get(position);
    }

    /** Where the line at a position stands in time. */
    public synchronized long keyAt(int position) {
        return store.key(order.get(position));
    }

    /** The position of a line, or -1 when it is not here. */
    public synchronized int indexOf(int id) {
        return order.indexOf(id);
    }

    /** How many lines stand before a line of the store, whether it is one of these or not. */
    public synchronized int place(int id) {
        return order.place(id);
    }

    /** How many lines are earlier than a time. */
    public synchronized int before(long key) {
        return order.before(key);
    }

    /** Lines that came after later ones were in place, and were put where they belong. */
    public synchronized long late() {
        return late;
    }

    /**
     * Reads lines from a position on.
     *
     * @return at most {@code count}, fewer at the end
     */
    public List<LogLine> lines(int from, int count) throws IOException {
        int[] ids;
        synchronized (this) {
            ids = order.range(from, count);
        }
        return store.lines(ids);
    }

    /** The first and the last time; null when there are no lines. */
    public synchronized long @org.jspecify.annotations.Nullable [] span() {
        return order.size() == 0
                ? null
                : new long[] {store.key(order.get(0)), store.key(order.get(order.size() - 1))};
    }

    /** Counts lines in equal parts of a span of time. */
    public synchronized int[] histogram(long from, long to, int parts) {
        int[] counts = new int[parts];
        double width = Math.max(1, (double) (to - from + 1)) / parts;
        int before = order.before(from);
        for (int i = 0; i < parts; i++) {
            int next = order.before(i == parts - 1 ? to + 1 : from + (long) (width * (i + 1)));
            counts[i] = next - before;
            before = next;
        }
        return counts;
    }

    /**
     * Tests the next lines of the store; for one thread at a time.
     *
     * @return whether there were any
     */
    boolean step() throws IOException {
        int from = tested();
        int to = Math.min(store.size(), from + STEP);
        if (from == to) {
            return false;
        }
        count = 0;
        if (filter.needsText()) {
            store.scan(
                    from,
                    to,
                    buffer,
                    (id, bytes, start, end) -> {
                        if (filter.passes(store.source(id), store.level(id), bytes, start, end)) {
                            found[count++] = id;
                        }
                    });
        } else {
            for (int id = from; id < to; id++) {
                if (filter.passes(store.source(id), store.level(id), NOTHING, 0, 0)) {
                    found[count++] = id;
                }
            }
        }
        RunSort.sort(found, spare, count, store::compare);
        synchronized (this) {
            int before = order.size();
            late += before - Math.min(before, order.merge(found, count));
            tested = to;
        }
        return true;
    }

    private static final byte[] NOTHING = {};
}
