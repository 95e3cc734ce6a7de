package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An order of rows by one text of each.
 *
 * @param text what is compared
 * @param order of the texts; only equal texts may be of the same rank
 */
record RowOrder(Function<Row, String> text, Comparator<String> order) implements Comparator<Row> {

    /** Numbers of more digits than this do not fit a long. */
    private static final int DIGITS = 18;

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
     * texts, so each is looked up once and only the different ones are compared: 100,000 rows take
     * a few milliseconds.
     */
    void sort(List<LiveRow> rows) {
        int count = rows.size();
        LiveRow[] before = rows.toArray(new LiveRow[0]);
        int[] next = new int[count];
        Map<String, Group> groups = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String key = text.apply(before[i].row());
            next[i] = -1;
            Group group = groups.get(key);
            if (group == null) {
                groups.put(key, new Group(key, i));
            } else {
                next[group.last] = i;
                group.last = i;
            }
        }
        Group[] sorted = groups.values().toArray(new Group[0]);
        Arrays.sort(sorted, (one, other) -> order.compare(one.text, other.text));
        int at = 0;
        for (Group group : sorted) {
            for (int i = group.first; i >= 0; i = next[i]) {
                rows.set(at++, before[i]);
            }
        }
    }

    /** Rows with the same text, chained by their places. */
    private static final class Group {
        private final String text;
        private final int first;
        private int last;

        Group(String text, int first) {
            this.text = text;
            this.first = first;
            this.last = first;
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
