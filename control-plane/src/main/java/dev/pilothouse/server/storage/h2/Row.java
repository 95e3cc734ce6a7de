package dev.pilothouse.server.storage.h2;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.Provenance;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** How a revision is laid out in a table, and its checksum. */
final class Row {

    /** A VARBINARY of H2 holds at most 1 MiB, so a large value goes on in further columns. */
    private static final int PART = 1 << 20;

    private static final int PARTS = 4;
    private static final int FIRST_PART = 10;

    static final String COLUMNS =
            "rev, k, prev_rev, create_rev, flags, crc, t, actor, cause, val, val2, val3, val4";

    private static final Type[] TYPES = Type.values();

    private final String prefix;

    /** Rows of one cluster. */
    Row(String cluster) {
        this.prefix = cluster + "/";
    }

    static String createTable(String table) {
        return "CREATE TABLE IF NOT EXISTS "
                + table
                + " (rev BIGINT PRIMARY KEY, k VARCHAR(2048) NOT NULL, prev_rev BIGINT NOT NULL,"
                + " create_rev BIGINT NOT NULL, flags INT NOT NULL, crc INT NOT NULL, t BIGINT NOT"
                + " NULL, actor VARCHAR(65536) NOT NULL, cause VARCHAR(65536) NOT NULL, val"
                + " VARBINARY(1048576) NOT NULL, val2 VARBINARY(1048576), val3 VARBINARY(1048576),"
                + " val4 VARBINARY(1048576))";
    }

    static String insert(String table) {
        return "INSERT INTO "
                + table
                + " ("
                + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    }

    /** The text that all keys of a resource begin with. */
    String prefix(GroupResource resource) {
        return prefix + resource.group() + "/" + resource.resource() + "/";
    }

    String text(ObjectKey key) {
        return prefix(key.resource()) + key.namespace() + "/" + key.name();
    }

    /** The key in a text; throws when it is none of this cluster. */
    ObjectKey key(String text) {
        String[] parts = text.split("/", 5);
        if (parts.length != 5 || !text.startsWith(prefix)) {
            throw new DamageException("a row has the key '" + text + "', which is none");
        }
        return new ObjectKey(new GroupResource(parts[1], parts[2]), parts[3], parts[4]);
    }

    void bind(PreparedStatement insert, LogRecord row) throws SQLException {
        String key = text(row.key());
        insert.setLong(1, row.revision());
        insert.setString(2, key);
        insert.setLong(3, row.previousRevision());
        insert.setLong(4, row.createRevision());
        insert.setInt(5, row.type().ordinal());
        insert.setInt(6, checksum(row, key));
        insert.setLong(7, row.time());
        insert.setString(8, row.provenance().actor());
        insert.setString(9, row.provenance().cause());
        byte[] json = row.json();
        for (int part = 0; part < PARTS; part++) {
            int start = part * PART;
            byte[] bytes =
                    part == 0 && json.length <= PART
                            ? json
                            : start < json.length
                                    ? Arrays.copyOfRange(
                                            json, start, Math.min(start + PART, json.length))
                                    : null;
            insert.setBytes(FIRST_PART + part, bytes);
        }
    }

    /** Reads a row and checks it. */
    LogRecord read(ResultSet row) throws SQLException {
        String key = row.getString(2);
        LogRecord read =
                record(
                        row.getLong(1),
                        key,
                        row.getInt(5),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(7),
                        row.getString(8),
                        row.getString(9),
                        value(row));
        check(read, key, row.getInt(6));
        return read;
    }

    LogRecord record(
            long revision,
            String key,
            int type,
            long previous,
            long created,
            long time,
            String actor,
            String cause,
            byte[] json) {
        if (type < 0 || type >= TYPES.length) {
            throw new DamageException("revision " + revision + " has the type " + type);
        }
        Provenance provenance = new Provenance(actor, cause);
        return new LogRecord(
                revision, key(key), TYPES[type], previous, created, time, provenance, json);
    }

    /** Checks that a row is what was written. */
    void check(LogRecord row, String key, int checksum) {
        if (checksum(row, key) != checksum) {
            throw new DamageException(
                    "the checksum of revision " + row.revision() + " (" + row.key() + ") is wrong");
        }
    }

    private static byte[] value(ResultSet row) throws SQLException {
        byte[] value = row.getBytes(FIRST_PART);
        for (int part = 1; part < PARTS && value.length == part * PART; part++) {
            byte[] more = row.getBytes(FIRST_PART + part);
            if (more == null) {
                break;
            }
            int length = value.length;
            value = Arrays.copyOf(value, length + more.length);
            System.arraycopy(more, 0, value, length, more.length);
        }
        return value;
    }

    int checksum(LogRecord row) {
        return checksum(row, text(row.key()));
    }

    private static int checksum(LogRecord row, String key) {
        CRC32C crc = new CRC32C();
        ByteBuffer numbers = ByteBuffer.allocate(36);
        numbers.putLong(row.revision()).putLong(row.previousRevision());
        numbers.putLong(row.createRevision()).putLong(row.time());
        numbers.putInt(row.type().ordinal());
        crc.update(numbers.flip());
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        crc.update(row.provenance().actor().getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(row.provenance().cause().getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(row.json());
        return (int) crc.getValue();
    }
}
