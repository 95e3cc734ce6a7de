package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.SeriesStore;
import dev.pilothouse.server.storage.StoreCorruptException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Series in an H2 file. A block's key is span and series in one number, so that what is written
 * together lies together, and what grows old goes page by page.
 */
public final class H2SeriesStore implements SeriesStore {

    private static final Logger LOG = LoggerFactory.getLogger(H2SeriesStore.class);
    private static final int SERIES_BITS = 24;
    private static final int BATCH = 2000;
    private static final int RETENTION_MILLIS = 0;

    private final Database database;
    private final Map<SeriesKey, Integer> ids = new HashMap<>();
    private final Map<Integer, SeriesKey> keys = new HashMap<>();
    private int nextId;

    private H2SeriesStore(Database database) {
        this.database = database;
        database.run(this::load);
    }

    /**
     * Opens a store; a damaged file is put aside.
     *
     * @param file without H2's ending
     */
    public static H2SeriesStore open(Path file) {
        Path data = file.resolveSibling(file.getFileName() + ".mv.db");
        try {
            return new H2SeriesStore(new Database(data, file.toString(), RETENTION_MILLIS));
        } catch (StoreCorruptException e) {
            Path aside = data.resolveSibling(data.getFileName() + ".damaged");
            LOG.warn("the metrics history cannot be read and begins anew; see {}", aside, e);
            try {
                Files.move(data, aside, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return new H2SeriesStore(new Database(data, file.toString(), RETENTION_MILLIS));
        }
    }

    private @Nullable Void load(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS series (id INT PRIMARY KEY, kind VARCHAR, namespace VARCHAR,"
                            + " name VARCHAR, part VARCHAR)");
            for (Resolution resolution : Resolution.values()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS "
                                + resolution
                                + " (id BIGINT PRIMARY KEY, data VARBINARY)");
            }
            try (ResultSet rows =
                    statement.executeQuery("SELECT id, kind, namespace, name, part FROM series")) {
                while (rows.next()) {
                    remember(
                            rows.getInt(1),
                            new SeriesKey(
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5)));
                }
            }
        }
        database.commit();
        return null;
    }

    private void remember(int id, SeriesKey key) {
        ids.put(key, id);
        keys.put(id, key);
        nextId = Math.max(nextId, id + 1);
    }

    @Override
    public void put(Resolution resolution, long span, List<Block> blocks) {
        for (int from = 0; from < blocks.size(); from += BATCH) {
            List<Block> batch = blocks.subList(from, Math.min(blocks.size(), from + BATCH));
            database.run(connection -> {
                write(connection, resolution, span, batch);
                database.commit();
                return null;
            });
        }
    }

    private void write(Connection connection, Resolution resolution, long span, List<Block> blocks)
            throws SQLException {
        try (PreparedStatement merge =
                connection.prepareStatement(
                        "MERGE INTO " + resolution + " (id, data) KEY (id) VALUES (?, ?)")) {
            for (Block block : blocks) {
                merge.setLong(1, row(span, id(connection, block.key())));
                merge.setBytes(2, block.data());
                merge.addBatch();
            }
            merge.executeBatch();
        }
    }

    private int id(Connection connection, SeriesKey key) throws SQLException {
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = nextId;
        if (id >= 1 << SERIES_BITS) {
            throw new SQLException("there are too many series");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO series VALUES (?, ?, ?, ?, ?)")) {
            insert.setInt(1, id);
            insert.setString(2, key.kind());
            insert.setString(3, key.namespace());
            insert.setString(4, key.name());
            insert.setString(5, key.part());
            insert.executeUpdate();
        }
        remember(id, key);
        return id;
    }

    private static long row(long span, int series) {
        return span << SERIES_BITS | series;
    }

    @Override
    public SortedMap<Long, byte[]> read(
            Resolution resolution, SeriesKey key, long first, long last) {
        return database.run(connection -> {
            SortedMap<Long, byte[]> found = new TreeMap<>();
            Integer id = ids.get(key);
            if (id == null) {
                return found;
            }
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "SELECT data FROM " + resolution + " WHERE id = ?")) {
                for (long span = first; span <= last; span++) {
                    select.setLong(1, row(span, id));
                    try (ResultSet rows = select.executeQuery()) {
                        if (rows.next()) {
                            found.put(span, rows.getBytes(1));
                        }
                    }
                }
            }
            return found;
        });
    }

    @Override
    public List<SeriesKey> series(String kind, String namespace, String name) {
        return database.run(_ -> {
            List<SeriesKey> found = new ArrayList<>();
            for (SeriesKey key : ids.keySet()) {
                if (key.kind().equals(kind)
                        && key.namespace().equals(namespace)
                        && key.name().equals(name)) {
                    found.add(key);
                }
            }
            return found;
        });
    }

    @Override
    public List<Block> blocks(Resolution resolution, long first, long last) {
        return database.with(
                "SELECT id, data FROM " + resolution + " WHERE id >= ? AND id < ? ORDER BY id",
                select -> {
                    select.setLong(1, row(first, 0));
                    select.setLong(2, row(last + 1, 0));
                    List<Block> blocks = new ArrayList<>();
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            int id = (int) (rows.getLong(1) & (1 << SERIES_BITS) - 1);
                            SeriesKey key = keys.get(id);
                            if (key != null) {
                                blocks.add(new Block(key, rows.getBytes(2)));
                            }
                        }
                    }
                    return blocks;
                });
    }

    @Override
    public long oldest(Resolution resolution) {
        return database.with(
                "SELECT MIN(id) FROM " + resolution,
                select -> {
                    try (ResultSet rows = select.executeQuery()) {
                        boolean any = rows.next();
                        long id = any ? rows.getLong(1) : 0;
                        return any && !rows.wasNull() ? id >> SERIES_BITS : -1L;
                    }
                });
    }

    @Override
    public void deleteBefore(Resolution resolution, long span) {
        database.run(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + resolution + " WHERE id < ?")) {
                delete.setLong(1, row(span, 0));
                if (delete.executeUpdate() > 0) {
                    forgetUnused(connection);
                }
            }
            database.commit();
            return null;
        });
    }

    private void forgetUnused(Connection connection) throws SQLException {
        List<Integer> unused = new ArrayList<>(keys.keySet());
        try (Statement statement = connection.createStatement()) {
            for (Resolution resolution : Resolution.values()) {
                try (ResultSet rows =
                        statement.executeQuery(
                                "SELECT DISTINCT BITAND(id, "
                                        + ((1 << SERIES_BITS) - 1)
                                        + ") FROM "
                                        + resolution)) {
                    Set<Integer> used = new HashSet<>();
                    while (rows.next()) {
                        used.add(rows.getInt(1));
                    }
                    unused.removeAll(used);
                }
            }
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM series WHERE id = ?")) {
            for (Integer id : unused) {
                delete.setInt(1, id);
                delete.executeUpdate();
                ids.remove(keys.remove(id));
            }
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
