package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.LogRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the disk back what a data file has grown to beyond what it holds: H2 uses freed space again
 * but keeps it. A log that is about to be closed is copied into a new file, row by row with its
 * checksums, and the new file takes the place of the old one in one step, so that a crash at any
 * time leaves one or the other. H2's own compaction is left alone: its releases up to this one have
 * lost data by it (h2database issues 4247 and 4286). For one thread.
 */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    /** How long people may have to wait for the end of the program. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String ENDING = ".mv.db";

    /** Rows that are in memory at a time; each may have megabytes. */
    private static final int BATCH = 32;

    /** A transaction ends after so many bytes of values. */
    private static final long COMMIT_BYTES = 4L << 20;

    /** Space in a fresh file for a byte of value. */
    private static final double OVERHEAD = 1.25;

    private final H2StorageOptions options;
    private final LogLimits limits;
    private final Row row;
    private final long deadline = System.nanoTime() + LIMIT.toNanos();

    Compaction(H2StorageOptions options, LogLimits limits) {
        this.options = options;
        this.limits = limits;
        this.row = new Row(options.cluster());
    }

    /** Removes what a copy that was not finished has left. */
    static void forget(Path file) throws IOException {
        Files.deleteIfExists(target(withEnding(file)));
    }

    private static Path withEnding(Path file) {
        return file.resolveSibling(file.getFileName() + ENDING);
    }

    private static Path target(Path data) {
        String name = data.getFileName().toString();
        String stem = name.substring(0, name.length() - ENDING.length());
        return data.resolveSibling(stem + ".compacting" + ENDING);
    }

    /**
     * Copies a log that has nothing more to write, if that is worth it and time allows.
     *
     * @return whether there is a copy, which {@link #replace} is to put in place
     */
    boolean copy(Database from, Segments segments) {
        Path target = target(withEnding(options.file()));
        try {
            if (!from.run(connection -> isWorthIt(connection, segments))) {
                return false;
            }
            Files.deleteIfExists(target);
            boolean complete = from.run(connection -> copyTo(target, connection, segments));
            if (!complete) {
                Files.deleteIfExists(target);
            }
            return complete;
        } catch (IOException | RuntimeException e) {
            LOG.warn("The data file could not be compacted; it stays as it is", e);
            deleteQuietly(target);
            return false;
        }
    }

    private static void deleteQuietly(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            LOG.debug("{} is left until the next start", target, e);
        }
    }

    /** Puts the copy in the place of the file, which has been closed. */
    void replace() {
        Path data = withEnding(options.file());
        Path target = target(data);
        try {
            long before = Files.size(data);
            try (FileChannel copy = FileChannel.open(target, StandardOpenOption.WRITE)) {
                copy.force(true);
            }
            Files.move(
                    target,
                    data,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            LOG.info("Compacted {} from {} to {} bytes", data, before, Files.size(data));
        } catch (IOException e) {
            LOG.warn("The compacted data file could not be put in place", e);
            deleteQuietly(target);
        }
    }

    /** Whether the file is much larger than what it holds; what is in base is estimated. */
    private boolean isWorthIt(Connection connection, Segments segments) throws SQLException {
        long size;
        try {
            size = Files.size(withEnding(options.file()));
        } catch (IOException e) {
            return false;
        }
        if (size < limits.compactBytes()) {
            return false;
        }
        long rows = 1;
        long bytes = 0;
        for (Segment segment : segments.all()) {
            rows += segment.rows;
            bytes += segment.bytes;
        }
        long all = rows + count(connection, Segments.BASE);
        return size > 2 * OVERHEAD * bytes / rows * all;
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT COUNT(*) FROM " + table);
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private boolean copyTo(Path target, Connection from, Segments segments) throws SQLException {
        String name = target.toString().replace('\\', '/');
        String path =
                OrderedFilePath.SCHEME + ":" + name.substring(0, name.length() - ENDING.length());
        Database into = new Database(target, path, 0);
        boolean complete = false;
        try {
            complete = into.run(connection -> copyAll(from, connection, segments));
        } finally {
            if (complete) {
                into.close();
            } else {
                into.abandon();
            }
        }
        return complete;
    }

    private boolean copyAll(Connection from, Connection into, Segments segments)
            throws SQLException {
        Segments.execute(into, Meta.CREATE);
        Segments.create(into);
        copyPlain(from, into, "meta", "k, v", 2);
        copyPlain(
                from,
                into,
                "segment",
                "id, first_rev, last_rev, n, bytes, first_t, last_t, indexed",
                8);
        copyPlain(from, into, "live", "segment, part, revs", 3);
        if (!copyRows(from, into, Segments.BASE)) {
            return false;
        }
        for (Segment segment : segments.all()) {
            Segments.execute(into, Row.createTable(segment.table()));
            if (!copyRows(from, into, segment.table())) {
                return false;
            }
            if (segment.indexed) {
                Segments.index(into, segment);
            }
        }
        into.commit();
        return true;
    }

    private static void copyPlain(
            Connection from, Connection into, String table, String columns, int width)
            throws SQLException {
        String places = "?" + ", ?".repeat(width - 1);
        try (PreparedStatement select =
                        from.prepareStatement("SELECT " + columns + " FROM " + table);
                ResultSet rows = select.executeQuery();
                PreparedStatement insert =
                        into.prepareStatement(
                                "INSERT INTO %s (%s) VALUES (%s)"
                                        .formatted(table, columns, places))) {
            while (rows.next()) {
                for (int i = 1; i <= width; i++) {
                    insert.setObject(i, rows.getObject(i));
                }
                insert.executeUpdate();
            }
        }
    }

    /** Copies revisions in order, a few at a time; false when time is up. */
    private boolean copyRows(Connection from, Connection into, String table) throws SQLException {
        String sql =
                "SELECT "
                        + Row.COLUMNS
                        + " FROM "
                        + table
                        + " WHERE rev > ? ORDER BY rev FETCH FIRST "
                        + BATCH
                        + " ROWS ONLY";
        long reached = 0;
        long pending = 0;
        try (PreparedStatement select = from.prepareStatement(sql);
                PreparedStatement insert = into.prepareStatement(Row.insert(table))) {
            while (System.nanoTime() < deadline) {
                select.setLong(1, reached);
                int copied = 0;
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        LogRecord record = row.read(rows);
                        row.bind(insert, record);
                        insert.executeUpdate();
                        reached = record.revision();
                        pending += record.json().length;
                        copied++;
                    }
                }
                if (pending > COMMIT_BYTES || copied < BATCH) {
                    into.commit();
                    pending = 0;
                }
                if (copied < BATCH) {
                    return true;
                }
            }
        }
        return false;
    }
}
