package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.RevisionLog.Gap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table of single facts about the store. Changes are committed by the caller. */
final class Meta {

    /** Raised when a file of the new shape cannot be read by older releases. */
    static final int SCHEMA = 2;

    static final String SCHEMA_VERSION = "schema";
    static final String CLUSTER = "cluster";
    static final String UID = "uid";

    /** Revisions up to this one were used when the store was made or last repaired. */
    static final String REVISION = "revision";

    /** Revisions up to this one may have been handed out without being in the log; 0 for none. */
    static final String RESERVED = "reserved";

    /** The oldest revision whose state is kept. */
    static final String OLDEST = "oldest";

    /** The journal that holds what is newer than the log; empty when the store is closed. */
    static final String JOURNAL = "journal";

    private static final String GAP = "gap.";

    static final String CREATE =
            "CREATE TABLE IF NOT EXISTS meta (k VARCHAR(64) PRIMARY KEY, v VARCHAR(1024) NOT NULL)";

    private final Map<String, String> values = new TreeMap<>();

    /** Reads all. */
    static Meta read(Connection connection) throws SQLException {
        Meta meta = new Meta();
        try (PreparedStatement select = connection.prepareStatement("SELECT k, v FROM meta");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                meta.values.put(rows.getString(1), rows.getString(2));
            }
        }
        return meta;
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new DamageException("the table 'meta' does not say '" + name + "'");
        }
        return value;
    }

    /** A fact that older files lack; empty when this one does. */
    String optional(String name) {
        return values.getOrDefault(name, "");
    }

    long number(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw new DamageException("'" + name + "' in the table 'meta' is no number");
        }
    }

    void set(Connection connection, String name, long value) throws SQLException {
        set(connection, name, Long.toString(value));
    }

    void set(Connection connection, String name, String value) throws SQLException {
        String sql =
                values.containsKey(name)
                        ? "UPDATE meta SET v = ? WHERE k = ?"
                        : "INSERT INTO meta (v, k) VALUES (?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.setString(2, name);
            statement.executeUpdate();
        }
        values.put(name, value);
    }

    void addGap(Connection connection, Gap gap) throws SQLException {
        set(connection, GAP + gap.after(), gap.before());
    }

    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (String name : values.keySet()) {
            if (name.startsWith(GAP)) {
                gaps.add(new Gap(Long.parseLong(name.substring(GAP.length())), number(name)));
            }
        }
        return gaps;
    }
}
