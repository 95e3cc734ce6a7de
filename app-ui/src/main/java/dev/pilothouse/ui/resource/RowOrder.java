package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An order of rows by one text of each.
 *
 * @param text what is compared
 * @param order of the texts; only equal texts may be of the same rank
 */
record RowOrder(Function<Row, String> text, Comparator<String> order) implements Comparator<Row> {

    /** Numbers of more digits than this do not fit a long. */
    private static final int DIGITS = 18;

    /** More different texts than this are sorted without looking for equal ones. */
    private static final int MANY = 4_000;

    /** By the texts themselves. */
    static RowOrder of(Function<Row, String> text) {
        return new RowOrder(text, Comparator.naturalOrder());
    }

    /** Numbers at the start of a text count by value: 2 before 10, 9/10 before 10/10. */
    static RowOrder byNumbers(Function<Row, String> text) {
        return new RowOrder(text, RowOrder::compareNumbers);
    }

    RowOrder turned() {
        return new RowOrder(text, order.reversed());
    }

    @Override
    public int compare(Row one, Row other) {
        return order.compare(text.apply(one), text.apply(other));
    }

    /**
     * Sorts; rows with the same text stay in the order they are in. There are mostly few different
     * texts: then each is looked up once and only the different ones are compared.
     */
    void sort(List<LiveRow> rows) {
        Keyed[] keyed = new Keyed[rows.size()];
        Map<String, Group> groups = new HashMap<>();
        for (int i = 0; i < keyed.length; i++) {
            keyed[i] = new Keyed(text.apply(rows.get(i).row()), rows.get(i));
            if (groups.size() <= MANY) {
                groups.computeIfAbsent(keyed[i].text, Group::new).add(keyed[i]);
            }
        }
        if (groups.size() <= MANY) {
            Group[] sorted = groups.values().toArray(new Group[0]);
            Arrays.sort(sorted, (one, other) -> order.compare(one.text, other.text));
            int at = 0;
            for (Group group : sorted) {
                for (Keyed each = group.first; each != null; each = each.next) {
                    rows.set(at++, each.row);
                }
            }
        } else {
            // Merges what is in order already, such as the names of each namespace.
            Arrays.sort(keyed, (one, other) -> order.compare(one.text, other.text));
            for (int i = 0; i < keyed.length; i++) {
                rows.set(i, keyed[i].row);
            }
        }
    }

    /** A row with its text, which is not looked for again at each comparison. */
    private static final class Keyed {
        private final String text;
        private final LiveRow row;
        private @Nullable Keyed next;

        Keyed(String text, LiveRow row) {
            this.text = text;
            this.row = row;
        }
    }

    /** Rows with the same text, the first one first. */
    private static final class Group {
        private final String text;
        private @Nullable Keyed first;
        private @Nullable Keyed last;

        Group(String text) {
            this.text = text;
        }

        void add(Keyed keyed) {
            if (last == null) {
                first = keyed;
            } else {
                last.next = keyed;
            }
            last = keyed;
        }
    }

    private static int compareNumbers(String one, String other) {
        int mine = digits(one);
        int others = digits(other);
        if (mine > 0 && others > 0) {
            int byValue =
                    Long.compare(
                            Long.parseLong(one, 0, mine, 10), Long.parseLong(other, 0, others, 10));
            return byValue != 0 ? byValue : rest(one, mine, other, others);
        }
        if (mine > 0) {
            return isBeforeNumbers(other) ? 1 : -1;
        }
        if (others > 0) {
            return isBeforeNumbers(one) ? -1 : 1;
        }
        return one.compareTo(other);
    }

    private static int rest(String one, int from, String other, int otherFrom) {
        int byRest = one.substring(from).compareTo(other.substring(otherFrom));
        return byRest != 0 ? byRest : one.compareTo(other);
    }

    private static boolean isBeforeNumbers(String text) {
        return text.isEmpty() || text.charAt(0) < '0';
    }

    /** How many digits a text begins with, 0 also when they are too many for a number. */
    private static int digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end > DIGITS ? 0 : end;
    }
}
