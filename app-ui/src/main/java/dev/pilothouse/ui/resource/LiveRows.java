package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a table by uid, and of these the shown ones, filtered and in order. A change costs
 * a binary search; many changes at once cost one sort. Belongs to the JavaFX thread.
 */
final class LiveRows extends ObservableListBase<LiveRow> {

    /** By namespace and name; the uid makes it an order of all rows. */
    static final Comparator<Row> BY_NAME =
            Comparator.comparing(Row::namespace).thenComparing(Row::name).thenComparing(Row::uid);

    /** More changes than this, and than an eighth of all rows, are sorted in together. */
    private static final int FEW = 64;

    private final Map<String, LiveRow> byUid = new HashMap<>();
    private List<LiveRow> shown = new ArrayList<>();
    private Comparator<LiveRow> order = Comparator.comparing(LiveRow::row, BY_NAME);
    private Predicate<Row> filter = row -> true;

    @Override
    public LiveRow get(int index) {
        return shown.get(index);
    }

    @Override
    public int size() {
        return shown.size();
    }

    /** The number of objects, shown or not. */
    int total() {
        return byUid.size();
    }

    /** The object's row, shown or not. */
    @Nullable LiveRow find(String uid) {
        return byUid.get(uid);
    }

    /** Where a row is shown, or -1. */
    @Override
    public int indexOf(@Nullable Object row) {
        if (!(row instanceof LiveRow live)) {
            return -1;
        }
        int at = Collections.binarySearch(shown, live, order);
        return at >= 0 && shown.get(at) == live ? at : -1;
    }

    /** Sorts anew; rows that are equal to the comparator are ordered by name. */
    void orderBy(Comparator<Row> by) {
        order = Comparator.comparing(LiveRow::row, by.thenComparing(BY_NAME));
        rebuild();
    }

    /** Shows what a filter lets through. */
    void show(Predicate<Row> wanted) {
        filter = wanted;
        rebuild();
    }

    /** Forgets everything. */
    void forget() {
        byUid.clear();
        rebuild();
    }

    /** Takes a whole list; rows of objects that were there before stay the same rows. */
    void reset(List<Row> rows) {
        Set<String> kept = new HashSet<>();
        for (Row row : rows) {
            kept.add(row.uid());
            LiveRow live = byUid.get(row.uid());
            if (live == null) {
                byUid.put(row.uid(), new LiveRow(row, 0));
            } else {
                live.change(row, live.changedAt());
            }
        }
        byUid.keySet().retainAll(kept);
        rebuild();
    }

    /**
     * Takes changes.
     *
     * @param at their time, 0 when they are not news
     */
    void apply(Collection<Row> changed, Collection<String> removed, long at) {
        int changes = changed.size() + removed.size();
        if (changes > FEW && changes > shown.size() / 8) {
            changed.forEach(row -> put(row, at));
            removed.forEach(byUid::remove);
            rebuild();
            return;
        }
        beginChange();
        changed.forEach(row -> place(row, at));
        removed.forEach(this::remove);
        endChange();
    }

    private void put(Row row, long at) {
        LiveRow live = byUid.get(row.uid());
        if (live == null) {
            byUid.put(row.uid(), new LiveRow(row, at));
        } else {
            live.change(row, at);
        }
    }

    private void place(Row row, long at) {
        LiveRow live = byUid.get(row.uid());
        // Where it stands is known by what it was.
        int before = indexOf(live);
        put(row, at);
        LiveRow now = live == null ? byUid.get(row.uid()) : live;
        boolean wanted = filter.test(row);
        if (before >= 0 && wanted && isInOrder(before)) {
            return;
        }
        if (before >= 0) {
            nextRemove(before, shown.remove(before));
        }
        if (wanted && now != null) {
            int place = -Collections.binarySearch(shown, now, order) - 1;
            shown.add(place, now);
            nextAdd(place, place + 1);
        }
    }

    private boolean isInOrder(int at) {
        LiveRow row = shown.get(at);
        return (at == 0 || order.compare(shown.get(at - 1), row) < 0)
                && (at == shown.size() - 1 || order.compare(row, shown.get(at + 1)) < 0);
    }

    private void remove(String uid) {
        LiveRow live = byUid.remove(uid);
        int at = indexOf(live);
        if (at >= 0) {
            nextRemove(at, shown.remove(at));
        }
    }

    private void rebuild() {
        List<LiveRow> before = shown;
        List<LiveRow> after = new ArrayList<>(byUid.size());
        for (LiveRow live : byUid.values()) {
            if (filter.test(live.row())) {
                after.add(live);
            }
        }
        after.sort(order);
        shown = after;
        if (!before.isEmpty() || !after.isEmpty()) {
            beginChange();
            nextReplace(0, after.size(), before);
            endChange();
        }
    }
}
