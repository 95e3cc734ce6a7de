package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a table's rows, each with a heading that counts its objects; what belongs to no
 * group is in a last one without a name. Belongs to the JavaFX thread.
 */
final class RowGroups {

    private static final Comparator<String> BY_NAME =
            Comparator.comparing(String::isEmpty).thenComparing(Comparator.naturalOrder());

    private final Map<String, LiveRow> headings = new HashMap<>();
    private final Set<String> folded = new HashSet<>();
    private @Nullable Function<Row, String> group;
    private int objects;

    /** Groups anew; null for no groups. No group is folded. */
    void by(@Nullable Function<Row, String> wanted) {
        group = wanted;
        folded.clear();
        headings.clear();
        objects = 0;
    }

    boolean isOn() {
        return group != null;
    }

    /** The number of objects in all groups. */
    int objects() {
        return objects;
    }

    /** The group of a row; null when there are no groups. */
    @Nullable String of(Row row) {
        Function<Row, String> by = group;
        return by == null ? null : by.apply(row);
    }

    boolean isFolded(@Nullable String name) {
        return name != null && folded.contains(name);
    }

    /** Folds a group or unfolds it; false when it is so already. */
    boolean fold(String name, boolean fold) {
        return fold ? folded.add(name) : folded.remove(name);
    }

    void foldAll(boolean fold) {
        folded.clear();
        if (fold) {
            folded.addAll(headings.keySet());
        }
    }

    /** By groups, each headed by its heading, and in a group by an order of rows. */
    Comparator<LiveRow> order(Comparator<LiveRow> rows) {
        return (one, other) -> {
            String a = one.isHeading() ? one.row().name() : of(one.row());
            String b = other.isHeading() ? other.row().name() : of(other.row());
            if (a != null && b != null && !a.equals(b)) {
                return BY_NAME.compare(a, b);
            }
            return one.isHeading() || other.isHeading()
                    ? Boolean.compare(other.isHeading(), one.isHeading())
                    : rows.compare(one, other);
        };
    }

    /** Puts sorted rows into their groups, below headings; those of folded groups are left out. */
    List<LiveRow> arrange(List<LiveRow> sorted) {
        if (group == null) {
            return sorted;
        }
        Map<String, List<LiveRow>> members = new HashMap<>();
        for (LiveRow row : sorted) {
            members.computeIfAbsent(String.valueOf(of(row.row())), _ -> new ArrayList<>()).add(row);
        }
        headings.keySet().retainAll(members.keySet());
        objects = sorted.size();
        List<LiveRow> arranged = new ArrayList<>(sorted.size() + members.size());
        members.keySet().stream()
                .sorted(BY_NAME)
                .forEach(name -> {
                    List<LiveRow> of = members.getOrDefault(name, List.of());
                    LiveRow heading = headings.computeIfAbsent(name, LiveRow::heading);
                    heading.count(of.size());
                    arranged.add(heading);
                    if (!folded.contains(name)) {
                        arranged.addAll(of);
                    }
                });
        return arranged;
    }

    /** A group has one object more; its heading, when it is to be shown now. */
    @Nullable LiveRow add(String name) {
        objects++;
        LiveRow before = headings.get(name);
        LiveRow heading = before == null ? LiveRow.heading(name) : before;
        headings.put(name, heading);
        heading.count(heading.count() + 1);
        return before == null ? heading : null;
    }

    /** A group has one object less; its heading, when that is to go. */
    @Nullable LiveRow remove(String name) {
        objects--;
        LiveRow heading = headings.get(name);
        if (heading == null) {
            return null;
        }
        heading.count(heading.count() - 1);
        return heading.count() == 0 ? headings.remove(name) : null;
    }
}
