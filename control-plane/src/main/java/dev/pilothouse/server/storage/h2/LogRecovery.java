package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the newest version of every object: those that were live when the newest segment began and
 * have not been replaced since, and those in the newest segment.
 */
final class LogRecovery {

    private static final int CHUNK = 512;

    private final Segments segments;
    private final LogQueries queries;

    LogRecovery(Segments segments, LogQueries queries) {
        this.segments = segments;
        this.queries = queries;
    }

    /** Hands out all live rows; the set of their revisions. */
    LongSet run(Connection connection, Consumer<LogRecord> found) throws SQLException {
        LongSet live = segments.live(connection);
        Segment newest = segments.newest();
        newest.rows = 0;
        newest.bytes = 0;
        newest.last = newest.first - 1;
        Map<Long, LogRecord> recent = new HashMap<>();
        List<LogRecord> rows;
        do {
            rows = queries.rows(connection, newest.table(), newest.last, CHUNK);
            for (LogRecord record : rows) {
                newest.count(record);
                recent.remove(record.previousRevision());
                live.remove(record.previousRevision());
                if (record.type() != Type.DELETE) {
                    recent.put(record.revision(), record);
                }
            }
        } while (rows.size() == CHUNK);
        long[] older = live.sorted();
        int handed = queries.several(connection, older, found);
        if (handed != older.length) {
            throw new DamageException(
                    (older.length - handed) + " of " + older.length + " older objects are missing");
        }
        recent.values().forEach(found);
        recent.keySet().forEach(live::add);
        return live;
    }
}
