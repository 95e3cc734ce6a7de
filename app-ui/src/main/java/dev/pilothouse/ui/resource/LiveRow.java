package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Row;

/**
 * The place of one object in a table; stays the same while the object changes. Plain and mutable,
 * for tables of many rows; belongs to the JavaFX thread.
 */
final class LiveRow {

    private Row row;
    private long changedAt;

    LiveRow(Row row, long changedAt) {
        this.row = row;
        this.changedAt = changedAt;
    }

    /** What the object is now. */
    Row row() {
        return row;
    }

    /** The time of its last change, of {@link System#nanoTime}; 0 when it has not changed. */
    long changedAt() {
        return changedAt;
    }

    void change(Row now, long at) {
        row = now;
        changedAt = at;
    }

    /** The object's name, which is also what assistive technology reads for the line. */
    @Override
    public String toString() {
        return row.name();
    }
}
