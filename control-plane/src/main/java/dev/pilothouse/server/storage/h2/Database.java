package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.StoreCorruptException;
import dev.pilothouse.server.storage.StoreFailedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The one connection, used by one thread at a time in order of asking. One connection, because H2
 * 2.4.240 has a race between transactions that begin at the same time.
 */
final class Database {

    /** What runs on the connection. */
    interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /** A statement's parameters and what to do with it. */
    interface Use<T extends @Nullable Object> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private static final String SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;MAX_COMPACT_TIME=0"
                    + ";CACHE_SIZE=8192;QUERY_CACHE_SIZE=64;RETENTION_TIME=";

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Path file;
    private final Connection connection;
    private final PreparedStatement sync;

    /**
     * Opens or creates a database.
     *
     * @param file the data file, for messages
     * @param path what H2 is to open, with the scheme of its file system
     * @param retentionMillis how long H2 leaves freed space alone
     */
    Database(Path file, String path, int retentionMillis) {
        this.file = file;
        if (path.indexOf(';') >= 0) {
            throw new IllegalArgumentException("a data file's path must not contain ';': " + path);
        }
        OrderedFilePath.register();
        Properties user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        try {
            // Not by DriverManager, which would load every driver on the class path.
            connection = new Driver().connect("jdbc:h2:" + path + SETTINGS + retentionMillis, user);
            connection.setAutoCommit(false);
            sync = connection.prepareStatement("CHECKPOINT SYNC");
        } catch (SQLException e) {
            throw opening(e);
        }
    }

    private RuntimeException opening(SQLException e) {
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return new dev.pilothouse.server.storage.StoreLockedException(file, "another program");
        }
        if (DiskTrouble.says(e) != null || e.getErrorCode() == ErrorCode.FILE_CREATION_FAILED_1) {
            return failed("could not be opened", e);
        }
        return corrupt("the database cannot be opened (" + e.getMessage() + ")", e);
    }

    /** Runs work alone on the connection. */
    <T extends @Nullable Object> T run(Work<T> work) {
        lock.lock();
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw translate(e);
        } catch (DamageException e) {
            throw corrupt(String.valueOf(e.getMessage()), e);
        } finally {
            lock.unlock();
        }
    }

    /** Runs one statement alone. */
    <T extends @Nullable Object> T with(String sql, Use<T> use) {
        return run(open -> {
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                return use.run(statement);
            }
        });
    }

    /** Makes all that was done durable. To be called within {@link #run}. */
    void commit() throws SQLException {
        connection.commit();
        sync.execute();
        connection.commit();
    }

    private RuntimeException translate(SQLException e) {
        return switch (e.getErrorCode()) {
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1 ->
                    corrupt("the database says: " + e.getMessage(), e);
            default -> failed("could not be used", e);
        };
    }

    StoreCorruptException corrupt(String what, @Nullable Throwable cause) {
        return new StoreCorruptException(file, what, BackupFile.newest(file), cause);
    }

    StoreFailedException failed(String what, Exception e) {
        String trouble = DiskTrouble.says(e);
        return new StoreFailedException(
                "The data file "
                        + file
                        + " "
                        + what
                        + ": "
                        + (trouble == null ? e.getMessage() : trouble),
                e);
    }

    /** Closes the files; with everything written, unless the database has failed. */
    void close() {
        lock.lock();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the files as they are. */
    void abandon() {
        lock.lock();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            // It was given up already; the files are closed with the process at the latest.
        } finally {
            lock.unlock();
        }
    }
}
