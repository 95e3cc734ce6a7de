package dev.pilothouse.server.storage.h2;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogHead;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.StoreFailedException;
import dev.pilothouse.server.storage.WriteRequest.Type;
import dev.pilothouse.server.storage.journal.BaseLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log in an H2 database, behind a journal. A batch is one transaction: COMMIT writes it to the
 * file, CHECKPOINT SYNC forces the file to disk; H2 does not do the second on its own.
 */
final class H2RevisionLog implements BaseLog {

    private final H2StorageOptions options;
    private final LogLimits limits;
    private final Database database;
    private final Row row;
    private final Segments segments = new Segments();
    private final LogQueries queries;
    private final Meta meta;
    private final Trimmer trimmer;
    private final AtomicInteger pins = new AtomicInteger();
    private LongSet live = new LongSet();
    private @Nullable PreparedStatement insert;
    private long insertsInto;
    private volatile long oldest;

    /**
     * Opens the database.
     *
     * @param path what H2 is to open
     * @param fresh whether there is no store yet
     */
    H2RevisionLog(H2StorageOptions options, String path, boolean fresh, LogLimits limits) {
        this.options = options;
        this.limits = limits;
        this.row = new Row(options.cluster());
        this.database = new Database(options.file(), path, limits.h2RetentionMillis());
        this.meta = database.run(connection -> fresh ? create(connection) : load(connection));
        this.oldest = database.run(connection -> meta.number(Meta.OLDEST));
        this.queries = new LogQueries(database, segments, row);
        this.trimmer = new Trimmer(database, segments, meta, options.retention(), options.clock());
    }

    private Meta create(Connection connection) throws SQLException {
        Segments.execute(connection, Meta.CREATE);
        Segments.create(connection);
        Meta fresh = Meta.read(connection);
        fresh.set(connection, Meta.SCHEMA_VERSION, Meta.SCHEMA);
        fresh.set(connection, Meta.CLUSTER, options.cluster());
        fresh.set(connection, Meta.UID, UUID.randomUUID().toString());
        fresh.set(connection, Meta.REVISION, 1);
        fresh.set(connection, Meta.RESERVED, 0);
        fresh.set(connection, Meta.OLDEST, 1);
        segments.add(connection, 2, live);
        database.commit();
        return fresh;
    }

    private Meta load(Connection connection) throws SQLException {
        Meta found = Meta.read(connection);
        long schema = found.number(Meta.SCHEMA_VERSION);
        if (schema < 1 || schema > Meta.SCHEMA) {
            throw new StoreFailedException(
                    "The data file "
                            + options.file()
                            + " was written by a newer release (schema "
                            + schema
                            + ", this release knows "
                            + Meta.SCHEMA
                            + ").",
                    null);
        }
        String cluster = found.text(Meta.CLUSTER);
        if (!cluster.equals(options.cluster())) {
            throw new StoreFailedException(
                    "The data file "
                            + options.file()
                            + " belongs to the cluster '"
                            + cluster
                            + "', not '"
                            + options.cluster()
                            + "'.",
                    null);
        }
        segments.load(connection);
        return found;
    }

    @Override
    public Recovered recover(Consumer<LogRecord> liveRows) {
        LogRecovery recovery = new LogRecovery(segments, queries);
        database.run(connection -> {
            live = recovery.run(connection, liveRows);
            return null;
        });
        return new Recovered(written(), oldest, meta.gaps());
    }

    private long written() {
        return Math.max(segments.newest().last, meta.number(Meta.REVISION));
    }

    @Override
    public Recovered resume() {
        long written = written();
        long reserved = meta.number(Meta.RESERVED);
        long revision = reserved <= written ? written : skip(written, reserved + 1);
        return new Recovered(revision, oldest, meta.gaps());
    }

    /** Goes on with a revision that nobody has seen, after others that somebody may have seen. */
    long skip(long written, long revision) {
        return database.run(connection -> {
            meta.addGap(connection, new Gap(written, revision));
            meta.set(connection, Meta.REVISION, revision);
            meta.set(connection, Meta.RESERVED, 0);
            database.commit();
            return revision;
        });
    }

    @Override
    public long newest() {
        String sql = "SELECT COALESCE(MAX(rev), 0) FROM " + segments.newest().table();
        long found =
                database.with(
                        sql,
                        select -> {
                            try (ResultSet rows = select.executeQuery()) {
                                return rows.next() ? rows.getLong(1) : 0;
                            }
                        });
        return Math.max(found, written());
    }

    @Override
    public String journal() {
        return meta.optional(Meta.JOURNAL);
    }

    @Override
    public void journal(String name) {
        database.run(connection -> {
            meta.set(connection, Meta.JOURNAL, name);
            meta.set(connection, Meta.SCHEMA_VERSION, Meta.SCHEMA);
            database.commit();
            return null;
        });
    }

    @Override
    public void append(List<LogRecord> batch) {
        append(batch, 0);
    }

    @Override
    public void append(List<LogRecord> batch, long reserved) {
        database.run(connection -> {
            if (reserved > 0) {
                meta.set(connection, Meta.RESERVED, reserved);
            }
            if (full(segments.newest())) {
                segments.add(connection, batch.getFirst().revision(), live);
            }
            PreparedStatement statement = insert(connection, segments.newest());
            for (LogRecord record : batch) {
                row.bind(statement, record);
                statement.addBatch();
            }
            statement.executeBatch();
            database.commit();
            batch.forEach(this::count);
            return null;
        });
    }

    private boolean full(Segment segment) {
        return segment.rows >= limits.segmentRows()
                || segment.bytes >= limits.segmentBytes()
                || (segment.rows > 0
                        && options.clock().millis() - segment.firstTime
                                > options.retention().age().toMillis() / 8);
    }

    private PreparedStatement insert(Connection connection, Segment segment) throws SQLException {
        PreparedStatement known = insert;
        if (known != null && insertsInto == segment.id) {
            return known;
        }
        if (known != null) {
            known.close();
        }
        PreparedStatement fresh = connection.prepareStatement(Row.insert(segment.table()));
        insert = fresh;
        insertsInto = segment.id;
        return fresh;
    }

    private void count(LogRecord record) {
        segments.newest().count(record);
        if (record.previousRevision() > 0) {
            live.remove(record.previousRevision());
        }
        if (record.type() != Type.DELETE) {
            live.add(record.revision());
        }
    }

    @Override
    public void reserve(long upTo) {
        database.run(connection -> {
            meta.set(connection, Meta.RESERVED, upTo);
            database.commit();
            return null;
        });
    }

    /** Takes over what a backup says about the store it came from. */
    void adopt(BackupFile.Header header) {
        database.run(connection -> {
            meta.set(connection, Meta.UID, header.uid());
            meta.set(connection, Meta.OLDEST, header.oldest());
            for (Gap gap : header.gaps()) {
                meta.addGap(connection, gap);
            }
            oldest = header.oldest();
            database.commit();
            return null;
        });
    }

    @Override
    public List<LogRecord> read(long after, int limit) {
        return queries.after(after, limit);
    }

    @Override
    public @Nullable LogRecord read(long revision) {
        return queries.one(revision);
    }

    @Override
    public void read(long[] revisions, Consumer<LogRecord> found) {
        queries.several(revisions, found);
    }

    @Override
    public List<LogHead> heads(GroupResource resource, long after, long upTo) {
        return queries.heads(resource, after, upTo);
    }

    @Override
    public @Nullable LogHead firstAfter(ObjectKey key, long after) {
        return queries.firstAfter(key, after);
    }

    @Override
    public @Nullable LogRecord lastBefore(ObjectKey key, long before) {
        return queries.lastBefore(key, before);
    }

    @Override
    public long oldest() {
        return oldest;
    }

    @Override
    public boolean maintain() {
        if (pins.get() > 0) {
            return false;
        }
        boolean more = trimmer.step();
        oldest = meta.number(Meta.OLDEST);
        return more;
    }

    @Override
    public Pin pin() {
        pins.incrementAndGet();
        return pins::decrementAndGet;
    }

    @Override
    public String uid() {
        return meta.text(Meta.UID);
    }

    @Override
    public void backup(Path file) {
        try (Pin _ = pin()) {
            BackupFile.Header header =
                    database.run(_ ->
                            new BackupFile.Header(
                                    options.cluster(),
                                    uid(),
                                    segments.newest().last,
                                    oldest,
                                    meta.gaps()));
            BackupFile.write(file, header, this, row);
        }
    }

    @Override
    public void close() {
        database.run(connection -> {
            meta.set(connection, Meta.RESERVED, 0);
            meta.set(connection, Meta.JOURNAL, "");
            database.commit();
            return null;
        });
        Compaction compaction = new Compaction(options, limits);
        boolean copied = compaction.copy(database, segments);
        database.close();
        if (copied) {
            compaction.replace();
        }
    }

    @Override
    public void abandon() {
        database.abandon();
    }

    @Override
    public RuntimeException damaged(String what) {
        return database.corrupt(what, null);
    }

    @Override
    public RuntimeException failed(IOException cause) {
        return database.failed("could not be written", cause);
    }
}
