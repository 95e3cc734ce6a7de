package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Row;
import java.util.List;

/**
 * The place of one object in a table, or the heading of a group of them; stays the same while the
 * object changes. Plain and mutable, for tables of many rows; belongs to the JavaFX thread.
 */
final class LiveRow {

    /** No uid has a blank in it. */
    private static final String GROUP = " group ";

    private static final long ALL = -1;

    private Row row;
    private long changedAt;
    private long changedCells;
    private int count;

    LiveRow(Row row, long changedAt) {
        this.row = row;
        this.changedAt = changedAt;
        this.changedCells = ALL;
    }

    /** The heading of a group. */
    static LiveRow heading(String group) {
        return new LiveRow(new Row(GROUP, "", group, "", "", List.of()), 0);
    }

    boolean isHeading() {
        return row.uid().equals(GROUP);
    }

    /** How many objects a group has. */
    int count() {
        return count;
    }

    void count(int now) {
        count = now;
    }

    /** What the object is now. */
    Row row() {
        return row;
    }

    /** The time of its last change, of {@link System#nanoTime}; 0 when it has not changed. */
    long changedAt() {
        return changedAt;
    }

    /** Whether the object is new since {@link #changedAt()}, rather than changed. */
    boolean isNew() {
        return changedAt != 0 && changedCells == ALL;
    }

    /**
     * Whether a cell was another before {@link #changedAt()}; those far to the right are not known.
     */
    boolean isChanged(int cell) {
        return changedAt != 0
                && changedCells != ALL
                && cell >= 0
                && cell < Long.SIZE - 1
                && (changedCells >> cell & 1) == 1;
    }

    /**
     * Takes another state; one that shows in no cell is no news.
     *
     * @param at its time, 0 when it is not news
     */
    void change(Row now, long at) {
        long cells = 0;
        int known = Math.min(Long.SIZE - 1, Math.max(row.cells().size(), now.cells().size()));
        for (int i = 0; i < known; i++) {
            if (!row.cell(i).equals(now.cell(i))) {
                cells |= 1L << i;
            }
        }
        row = now;
        if (cells != 0) {
            changedCells = cells;
            changedAt = at;
        }
    }

    /** The object's name, which is also what assistive technology reads for the line. */
    @Override
    public String toString() {
        return row.name();
    }
}
