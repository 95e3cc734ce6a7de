package dev.pilothouse.server.storage.h2;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments in order, the newest of which takes the writes, and the table {@code base} of those
 * versions from dropped segments that are still needed. Used by whoever holds the database.
 *
 * <p>When a segment is started, the revisions of all live objects are written down, so that a start
 * reads these and one segment and not the whole history.
 */
final class Segments {

    static final String BASE = "base";

    private static final String CREATE_LIVE =
            "CREATE TABLE IF NOT EXISTS live (segment BIGINT NOT NULL, part INT NOT NULL, revs"
                    + " VARBINARY(1048576) NOT NULL, PRIMARY KEY (segment, part))";

    private static final int PER_PART = 100_000;

    private final List<Segment> segments = new ArrayList<>();

    static void create(Connection connection) throws SQLException {
        execute(connection, Segment.CREATE);
        execute(connection, CREATE_LIVE);
        execute(connection, Row.createTable(BASE));
        execute(connection, "CREATE INDEX IF NOT EXISTS base_k ON base (k, rev)");
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes the index of a segment by which history is found. */
    static void index(Connection connection, Segment segment) throws SQLException {
        execute(
                connection,
                "CREATE INDEX IF NOT EXISTS "
                        + segment.table()
                        + "_k ON "
                        + segment.table()
                        + " (k, rev, prev_rev)");
    }

    void load(Connection connection) throws SQLException {
        String sql =
                "SELECT id, first_rev, last_rev, n, bytes, first_t, last_t, indexed FROM segment"
                        + " ORDER BY id";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Segment segment = new Segment(rows.getLong(1), rows.getLong(2));
                segment.last = rows.getLong(3);
                segment.rows = rows.getLong(4);
                segment.bytes = rows.getLong(5);
                segment.firstTime = rows.getLong(6);
                segment.lastTime = rows.getLong(7);
                segment.indexed = rows.getInt(8) != 0;
                segments.add(segment);
            }
        }
        if (segments.isEmpty()) {
            throw new DamageException("it has no segment of the log");
        }
    }

    List<Segment> all() {
        return segments;
    }

    Segment newest() {
        return segments.getLast();
    }

    Segment oldest() {
        return segments.getFirst();
    }

    /** The table that has a revision if any has. */
    String table(long revision) {
        for (Segment segment : segments.reversed()) {
            if (revision >= segment.first) {
                return segment.table();
            }
        }
        return BASE;
    }

    /** Starts a segment; durable with the next commit. */
    void add(Connection connection, long first, LongSet live) throws SQLException {
        Segment old = segments.isEmpty() ? null : segments.getLast();
        Segment segment = new Segment(old == null ? 1 : old.id + 1, first);
        execute(connection, Row.createTable(segment.table()));
        if (old != null) {
            save(connection, old);
        }
        String sql =
                "INSERT INTO segment (first_rev, last_rev, n, bytes, first_t, last_t, indexed, id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        bind(connection, sql, segment);
        saveLive(connection, segment.id, live.sorted());
        segments.add(segment);
    }

    /** Writes down what a segment holds. */
    void save(Connection connection, Segment segment) throws SQLException {
        String sql =
                "UPDATE segment SET first_rev = ?, last_rev = ?, n = ?, bytes = ?, first_t = ?,"
                        + " last_t = ?, indexed = ? WHERE id = ?";
        bind(connection, sql, segment);
    }

    private static void bind(Connection connection, String sql, Segment segment)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, segment.first);
            statement.setLong(2, segment.last);
            statement.setLong(3, segment.rows);
            statement.setLong(4, segment.bytes);
            statement.setLong(5, segment.firstTime);
            statement.setLong(6, segment.lastTime);
            statement.setInt(7, segment.indexed ? 1 : 0);
            statement.setLong(8, segment.id);
            statement.executeUpdate();
        }
    }

    /** Forgets a segment; its table is dropped by the caller after the commit. */
    void remove(Connection connection, Segment segment) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM segment WHERE id = ?")) {
            delete.setLong(1, segment.id);
            delete.executeUpdate();
        }
        segments.remove(segment);
    }

    private static void saveLive(Connection connection, long segment, long[] revisions)
            throws SQLException {
        execute(connection, "DELETE FROM live");
        String sql = "INSERT INTO live (segment, part, revs) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int part = 0; part * PER_PART < revisions.length; part++) {
                int end = Math.min((part + 1) * PER_PART, revisions.length);
                insert.setLong(1, segment);
                insert.setInt(2, part);
                insert.setBytes(3, pack(revisions, part * PER_PART, end));
                insert.executeUpdate();
            }
        }
    }

    /** The revisions of all objects that were live when the newest segment was started. */
    LongSet live(Connection connection) throws SQLException {
        LongSet live = new LongSet();
        String sql = "SELECT revs FROM live WHERE segment = ? ORDER BY part";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, newest().id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    unpack(rows.getBytes(1), live);
                }
            }
        }
        return live;
    }

    /** Rising numbers as their differences, seven bits to the byte, low ones first. */
    private static byte[] pack(long[] revisions, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long before = 0;
        for (int i = from; i < to; i++) {
            long rest = revisions[i] - before;
            while (rest >= 0x80) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
            before = revisions[i];
        }
        return out.toByteArray();
    }

    private static void unpack(byte @Nullable [] packed, LongSet into) {
        long before = 0;
        long difference = 0;
        int shift = 0;
        for (byte bits : packed == null ? new byte[0] : packed) {
            difference |= (long) (bits & 0x7f) << shift;
            shift += 7;
            if (bits >= 0) {
                before += difference;
                into.add(before);
                difference = 0;
                shift = 0;
            }
        }
    }
}
