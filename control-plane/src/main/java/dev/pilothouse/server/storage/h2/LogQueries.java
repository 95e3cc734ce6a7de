package dev.pilothouse.server.storage.h2;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogHead;
import dev.pilothouse.server.storage.LogRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is asked of the log's tables. */
final class LogQueries {

    /** Rows read at a time: others may use the connection between. */
    private static final int CHUNK = 256;

    /** From this share of a range on, reading all of it is cheaper than looking rows up. */
    private static final double DENSE = 0.25;

    private static final char AFTER_SLASH = '/' + 1;

    private final Database database;
    private final Segments segments;
    private final Row row;

    LogQueries(Database database, Segments segments, Row row) {
        this.database = database;
        this.segments = segments;
        this.row = row;
    }

    /** Revisions greater than one given, over all tables. */
    List<LogRecord> after(long after, int limit) {
        return database.run(connection -> {
            List<LogRecord> found = new ArrayList<>();
            long first = segments.oldest().first;
            if (after < first - 1) {
                for (LogRecord record : rows(connection, Segments.BASE, after, limit)) {
                    if (record.revision() < first) {
                        found.add(record);
                    }
                }
            }
            for (Segment segment : segments.all()) {
                if (segment.last > after && found.size() < limit) {
                    int left = limit - found.size();
                    found.addAll(rows(connection, segment.table(), after, left));
                }
            }
            return found;
        });
    }

    /** Rows of one table after a revision. */
    List<LogRecord> rows(Connection connection, String table, long after, int limit)
            throws SQLException {
        String sql =
                "SELECT " + Row.COLUMNS + " FROM " + table + " WHERE rev > ? ORDER BY rev LIMIT ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, after);
            select.setInt(2, limit);
            List<LogRecord> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
            return found;
        }
    }

    @Nullable LogRecord one(long revision) {
        return database.run(connection -> {
            try (PreparedStatement select = lookup(connection, segments.table(revision))) {
                return one(select, revision);
            }
        });
    }

    private static PreparedStatement lookup(Connection connection, String table)
            throws SQLException {
        return connection.prepareStatement(
                "SELECT " + Row.COLUMNS + " FROM " + table + " WHERE rev = ?");
    }

    private @Nullable LogRecord one(PreparedStatement select, long revision) throws SQLException {
        select.setLong(1, revision);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? row.read(rows) : null;
        }
    }

    /** Several revisions, letting others use the connection between. */
    void several(long[] revisions, Consumer<LogRecord> found) {
        for (int i = 0; i < revisions.length; i += CHUNK) {
            long[] chunk = Arrays.copyOfRange(revisions, i, Math.min(i + CHUNK, revisions.length));
            List<LogRecord> rows = new ArrayList<>(chunk.length);
            database.run(connection -> several(connection, chunk, rows::add));
            rows.forEach(found);
        }
    }

    /** Several revisions at once; how many there are. */
    int several(Connection connection, long[] revisions, Consumer<LogRecord> found)
            throws SQLException {
        int count = 0;
        int from = 0;
        while (from < revisions.length) {
            String table = segments.table(revisions[from]);
            int to = from + 1;
            while (to < revisions.length && segments.table(revisions[to]).equals(table)) {
                to++;
            }
            double span = revisions[to - 1] - revisions[from] + 1.0;
            // Base has gaps where versions were replaced, so the span says nothing there.
            boolean dense = table.equals(Segments.BASE) || (to - from) / span >= DENSE;
            count +=
                    dense && to - from > 8
                            ? scan(connection, table, revisions, from, to, found)
                            : lookUp(connection, table, revisions, from, to, found);
            from = to;
        }
        return count;
    }

    private int lookUp(
            Connection connection,
            String table,
            long[] revisions,
            int from,
            int to,
            Consumer<LogRecord> found)
            throws SQLException {
        int count = 0;
        try (PreparedStatement select = lookup(connection, table)) {
            for (int i = from; i < to; i++) {
                LogRecord record = one(select, revisions[i]);
                if (record != null) {
                    found.accept(record);
                    count++;
                }
            }
        }
        return count;
    }

    private int scan(
            Connection connection,
            String table,
            long[] revisions,
            int from,
            int to,
            Consumer<LogRecord> found)
            throws SQLException {
        int count = 0;
        int next = from;
        long after = revisions[from] - 1;
        while (next < to) {
            List<LogRecord> rows = rows(connection, table, after, CHUNK);
            if (rows.isEmpty()) {
                break;
            }
            for (LogRecord record : rows) {
                while (next < to && revisions[next] < record.revision()) {
                    next++;
                }
                if (next < to && revisions[next] == record.revision()) {
                    found.accept(record);
                    count++;
                    next++;
                }
            }
            after = rows.getLast().revision();
        }
        return count;
    }

    List<LogHead> heads(GroupResource resource, long after, long upTo) {
        List<LogHead> heads = new ArrayList<>();
        long reached = after;
        while (reached < upTo) {
            long from = reached;
            reached = database.run(c -> headsOfNext(c, resource, from, upTo, heads));
        }
        heads.sort(Comparator.comparingLong(LogHead::revision));
        return heads;
    }

    /** Adds what the next segment has; the revision up to which all has been read then. */
    private long headsOfNext(
            Connection connection,
            GroupResource resource,
            long after,
            long upTo,
            List<LogHead> heads)
            throws SQLException {
        String prefix = row.prefix(resource);
        for (Segment segment : segments.all()) {
            if (segment.last > after) {
                String sql =
                        "SELECT rev, k, prev_rev FROM "
                                + segment.table()
                                + " WHERE k >= ? AND k < ? AND rev > ? AND rev <= ?";
                try (PreparedStatement select = connection.prepareStatement(sql)) {
                    select.setString(1, prefix);
                    select.setString(2, prefix.substring(0, prefix.length() - 1) + AFTER_SLASH);
                    select.setLong(3, after);
                    select.setLong(4, upTo);
                    heads.addAll(heads(select));
                }
                return segment.last;
            }
        }
        return upTo;
    }

    private List<LogHead> heads(PreparedStatement select) throws SQLException {
        List<LogHead> heads = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                heads.add(
                        new LogHead(rows.getLong(1), row.key(rows.getString(2)), rows.getLong(3)));
            }
        }
        return heads;
    }

    @Nullable LogHead firstAfter(ObjectKey key, long after) {
        return database.run(connection -> {
            for (Segment segment : segments.all()) {
                if (segment.last > after) {
                    LogHead head = firstAfter(connection, segment, key, after);
                    if (head != null) {
                        return head;
                    }
                }
            }
            return null;
        });
    }

    private @Nullable LogHead firstAfter(
            Connection connection, Segment segment, ObjectKey key, long after) throws SQLException {
        String sql =
                "SELECT rev, k, prev_rev FROM "
                        + segment.table()
                        + " WHERE k = ? AND rev > ? ORDER BY rev LIMIT 1";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, row.text(key));
            select.setLong(2, after);
            List<LogHead> heads = heads(select);
            return heads.isEmpty() ? null : heads.getFirst();
        }
    }

    @Nullable LogRecord lastBefore(ObjectKey key, long before) {
        return database.run(connection -> {
            for (Segment segment : segments.all().reversed()) {
                if (segment.first < before) {
                    LogRecord found = lastBefore(connection, segment.table(), key, before);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return lastBefore(connection, Segments.BASE, key, before);
        });
    }

    private @Nullable LogRecord lastBefore(
            Connection connection, String table, ObjectKey key, long before) throws SQLException {
        String sql =
                "SELECT "
                        + Row.COLUMNS
                        + " FROM "
                        + table
                        + " WHERE k = ? AND rev < ? ORDER BY rev DESC LIMIT 1";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, row.text(key));
            select.setLong(2, before);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? row.read(rows) : null;
            }
        }
    }
}
