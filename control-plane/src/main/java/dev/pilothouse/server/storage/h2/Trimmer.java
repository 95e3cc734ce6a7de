package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.Retention;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drops the oldest segment when the rules of retention allow, in short steps between the writes.
 * The versions in it that were current at its end move to {@code base} first, and those in {@code
 * base} that it replaced go. A crash anywhere between leaves the segment in place, and it is done
 * again.
 */
final class Trimmer {

    private static final int STEP = 256;
    private static final long[] NONE = {};

    private final Database database;
    private final Segments segments;
    private final Retention retention;
    private final InstantSource clock;
    private final Meta meta;

    private @Nullable Segment dropping;
    private long[] toKeep = NONE;
    private long[] toForget = NONE;
    private int kept;
    private int forgotten;

    Trimmer(
            Database database,
            Segments segments,
            Meta meta,
            Retention retention,
            InstantSource clock) {
        this.database = database;
        this.segments = segments;
        this.meta = meta;
        this.retention = retention;
        this.clock = clock;
    }

    /** One step; true when there is more to do. */
    boolean step() {
        return database.run(this::step);
    }

    private boolean step(Connection connection) throws SQLException {
        Segment segment = dropping;
        if (segment == null) {
            return index(connection) || begin(connection);
        }
        if (kept < toKeep.length) {
            kept = each(connection, copy(segment), toKeep, kept);
        } else if (forgotten < toForget.length) {
            forgotten = each(connection, "DELETE FROM base WHERE rev = ?", toForget, forgotten);
        } else {
            drop(connection, segment);
        }
        return true;
    }

    /** Gives a closed segment the index by which history is found. */
    private boolean index(Connection connection) throws SQLException {
        for (Segment segment : segments.all()) {
            if (!segment.indexed && segment != segments.newest()) {
                Segments.index(connection, segment);
                segment.indexed = true;
                segments.save(connection, segment);
                connection.commit();
                return true;
            }
        }
        return false;
    }

    private boolean begin(Connection connection) throws SQLException {
        Segment oldest = segments.oldest();
        if (oldest == segments.newest() || !expired(oldest)) {
            return false;
        }
        survey(connection, oldest);
        meta.set(connection, Meta.OLDEST, Math.max(oldest.last, meta.number(Meta.OLDEST)));
        try (PreparedStatement leftovers =
                connection.prepareStatement("DELETE FROM base WHERE rev >= ?")) {
            leftovers.setLong(1, oldest.first);
            leftovers.executeUpdate();
        }
        database.commit();
        dropping = oldest;
        return true;
    }

    private boolean expired(Segment oldest) {
        long rows = 0;
        long bytes = 0;
        for (Segment segment : segments.all()) {
            rows += segment.rows;
            bytes += segment.bytes;
        }
        if (rows - oldest.rows < retention.minRevisions()) {
            return false;
        }
        return rows > retention.maxRevisions()
                || bytes > retention.maxBytes()
                || oldest.lastTime < clock.millis() - retention.age().toMillis();
    }

    /** Finds out what of a segment was still current at its end, and what it replaced in base. */
    private void survey(Connection connection, Segment segment) throws SQLException {
        Map<String, Long> current = new HashMap<>();
        LongSet replaced = new LongSet();
        String sql = "SELECT rev, k, prev_rev, flags FROM " + segment.table() + " ORDER BY rev";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                long previous = rows.getLong(3);
                if (previous > 0 && previous < segment.first) {
                    replaced.add(previous);
                }
                if (rows.getInt(4) == Type.DELETE.ordinal()) {
                    current.remove(rows.getString(2));
                } else {
                    current.put(rows.getString(2), rows.getLong(1));
                }
            }
        }
        toKeep = current.values().stream().mapToLong(Long::longValue).sorted().toArray();
        toForget = replaced.sorted();
        kept = 0;
        forgotten = 0;
    }

    private static String copy(Segment segment) {
        return "INSERT INTO base ("
                + Row.COLUMNS
                + ") SELECT "
                + Row.COLUMNS
                + " FROM "
                + segment.table()
                + " WHERE rev = ?";
    }

    /** Runs a statement for the next few revisions; how many have been done then. */
    private static int each(Connection connection, String sql, long[] revisions, int done)
            throws SQLException {
        int end = Math.min(done + STEP, revisions.length);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (long revision : Arrays.copyOfRange(revisions, done, end)) {
                statement.setLong(1, revision);
                statement.executeUpdate();
            }
        }
        connection.commit();
        return end;
    }

    private void drop(Connection connection, Segment segment) throws SQLException {
        segments.remove(connection, segment);
        database.commit(); // what moved to base must be safe before the table goes
        Segments.execute(connection, "DROP TABLE " + segment.table());
        connection.commit();
        dropping = null;
        toKeep = NONE;
        toForget = NONE;
    }
}
