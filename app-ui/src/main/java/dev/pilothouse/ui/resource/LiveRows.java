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
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a table by uid and by name, and of these the shown ones, filtered and in order, in
 * groups if wanted, each below a heading. A change costs a binary search; a filter looks at each
 * object once and sorts nothing, since names do not change. Belongs to the JavaFX thread.
 */
final class LiveRows extends ObservableListBase<LiveRow> {

    /** By namespace and name; the uid makes it an order of all rows. */
    static final Comparator<Row> BY_NAME =
            Comparator.comparing(Row::namespace).thenComparing(Row::name).thenComparing(Row::uid);

    private static final Comparator<LiveRow> BY_NAME_LIVE =
            Comparator.comparing(LiveRow::row, BY_NAME);

    /** More changes than this, and than an eighth of all rows, are sorted in together. */
    private static final int FEW = 64;

    private final Map<String, LiveRow> byUid = new HashMap<>();

    /** All of them by name, which keeps an order whatever happens to an object. */
    private final List<LiveRow> all = new ArrayList<>();

    private List<LiveRow> shown = new ArrayList<>();
    private List<RowOrder> orders = List.of();
    private Comparator<LiveRow> order = BY_NAME_LIVE;
    private Predicate<Row> filter = row -> true;
    private final RowGroups groups = new RowGroups();
    private Comparator<LiveRow> byGroup = BY_NAME_LIVE;

    @Override
    public LiveRow get(int index) {
        return shown.get(index);
    }

    @Override
    public int size() {
        return shown.size();
    }

    /** The number of objects that pass the filter, whether their group is folded or not. */
    int matching() {
        return groups.isOn() ? groups.objects() : shown.size();
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
        int at = Collections.binarySearch(shown, live, byGroup);
        return at >= 0 && shown.get(at) == live ? at : -1;
    }

    /** Sorts anew: by the first order, where that says nothing by the next, in the end by name. */
    void orderBy(List<RowOrder> by) {
        orders = List.copyOf(by);
        Comparator<Row> whole = null;
        for (RowOrder each : orders) {
            whole = whole == null ? each : whole.thenComparing(each);
        }
        order =
                whole == null
                        ? BY_NAME_LIVE
                        : Comparator.comparing(LiveRow::row, whole.thenComparing(BY_NAME));
        byGroup = groups.isOn() ? groups.order(order) : order;
        rebuild();
    }

    /** Puts rows into groups, or takes them out of theirs; no group is folded. */
    void groupBy(@Nullable Function<Row, String> group) {
        if (group != null || groups.isOn()) {
            groups.by(group);
            byGroup = groups.isOn() ? groups.order(order) : order;
            rebuild();
        }
    }

    boolean isGrouped() {
        return groups.isOn();
    }

    boolean isFolded(LiveRow heading) {
        return groups.isFolded(heading.row().name());
    }

    /** Folds a group or unfolds it. */
    void fold(LiveRow heading, boolean fold) {
        if (groups.fold(heading.row().name(), fold)) {
            rebuild();
        }
    }

    /** Folds all groups or unfolds them. */
    void foldAll(boolean fold) {
        groups.foldAll(fold);
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
        all.clear();
        rebuild();
    }

    /** Takes a whole list; rows of objects that were there before stay the same rows. */
    void reset(List<Row> rows) {
        Set<String> kept = HashSet.newHashSet(rows.size());
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
        all.clear();
        rows.forEach(row -> {
            // Once, also when a list names an object twice.
            if (kept.remove(row.uid())) {
                all.add(byUid.get(row.uid()));
            }
        });
        all.sort(BY_NAME_LIVE);
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
            applyMany(changed, removed, at);
            return;
        }
        beginChange();
        changed.forEach(row -> place(row, at));
        removed.forEach(this::remove);
        endChange();
    }

    private void applyMany(Collection<Row> changed, Collection<String> removed, long at) {
        int before = all.size();
        for (Row row : changed) {
            LiveRow live = byUid.get(row.uid());
            if (live == null) {
                live = new LiveRow(row, at);
                byUid.put(row.uid(), live);
                all.add(live);
            } else {
                live.change(row, at);
            }
        }
        if (all.size() > before) {
            all.sort(BY_NAME_LIVE);
        }
        removed.forEach(byUid::remove);
        if (!removed.isEmpty()) {
            all.removeIf(live -> !byUid.containsKey(live.row().uid()));
        }
        rebuild();
    }

    private void place(Row row, long at) {
        LiveRow known = byUid.get(row.uid());
        // Where it stands is known by what it was.
        int before = indexOf(known);
        boolean counted = known != null && filter.test(known.row());
        String groupBefore = known == null ? null : groups.of(known.row());
        LiveRow live = known == null ? add(row, at) : known;
        live.change(row, at);
        boolean wanted = filter.test(row);
        String group = groups.of(row);
        boolean moved = counted != wanted || !Objects.equals(groupBefore, group);
        if (before >= 0 && !moved && isInOrder(before)) {
            return;
        }
        if (before >= 0) {
            nextRemove(before, shown.remove(before));
        }
        if (moved && counted) {
            leave(groupBefore);
        }
        if (moved && wanted) {
            join(group);
        }
        if (wanted && !groups.isFolded(group)) {
            insert(live);
        }
    }

    private void insert(LiveRow live) {
        int place = -Collections.binarySearch(shown, live, byGroup) - 1;
        shown.add(place, live);
        nextAdd(place, place + 1);
    }

    private void join(@Nullable String group) {
        LiveRow heading = group == null ? null : groups.add(group);
        if (heading != null) {
            insert(heading);
        }
    }

    private void leave(@Nullable String group) {
        LiveRow heading = group == null ? null : groups.remove(group);
        int at = indexOf(heading);
        if (at >= 0) {
            nextRemove(at, shown.remove(at));
        }
    }

    private LiveRow add(Row row, long at) {
        LiveRow live = new LiveRow(row, at);
        byUid.put(row.uid(), live);
        all.add(-Collections.binarySearch(all, live, BY_NAME_LIVE) - 1, live);
        return live;
    }

    private boolean isInOrder(int at) {
        LiveRow row = shown.get(at);
        return (at == 0 || byGroup.compare(shown.get(at - 1), row) < 0)
                && (at == shown.size() - 1 || byGroup.compare(row, shown.get(at + 1)) < 0);
    }

    private void remove(String uid) {
        LiveRow live = byUid.remove(uid);
        if (live == null) {
            return;
        }
        all.remove(Collections.binarySearch(all, live, BY_NAME_LIVE));
        int at = indexOf(live);
        if (at >= 0) {
            nextRemove(at, shown.remove(at));
        }
        if (filter.test(live.row())) {
            leave(groups.of(live.row()));
        }
    }

    private void rebuild() {
        List<LiveRow> before = shown;
        List<LiveRow> after = new ArrayList<>(all.size());
        for (LiveRow live : all) {
            if (filter.test(live.row())) {
                after.add(live);
            }
        }
        // They come by name; what counts most is sorted last.
        orders.reversed().forEach(each -> each.sort(after));
        shown = groups.arrange(after);
        if (!before.isEmpty() || !shown.isEmpty()) {
            beginChange();
            nextReplace(0, shown.size(), before);
            endChange();
        }
    }
}
