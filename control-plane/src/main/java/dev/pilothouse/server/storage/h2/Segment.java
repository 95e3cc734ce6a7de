package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.LogRecord;

/** A table of consecutive revisions; dropped as a whole when nobody needs its history any more. */
final class Segment {

    static final String CREATE =
            "CREATE TABLE IF NOT EXISTS segment (id BIGINT PRIMARY KEY, first_rev BIGINT NOT NULL,"
                    + " last_rev BIGINT NOT NULL, n BIGINT NOT NULL, bytes BIGINT NOT NULL, first_t"
                    + " BIGINT NOT NULL, last_t BIGINT NOT NULL, indexed INT NOT NULL)";

    final long id;

    /** Revisions in this table are at least this. */
    final long first;

    /** The newest revision in this table; at least {@code first - 1}. */
    long last;

    long rows;
    long bytes;
    long firstTime;
    long lastTime;
    boolean indexed;

    Segment(long id, long first) {
        this.id = id;
        this.first = first;
        this.last = first - 1;
    }

    String table() {
        return "log_" + id;
    }

    void count(LogRecord row) {
        if (rows == 0) {
            firstTime = row.time();
        }
        rows++;
        bytes += row.json().length;
        last = row.revision();
        lastTime = row.time();
    }
}
