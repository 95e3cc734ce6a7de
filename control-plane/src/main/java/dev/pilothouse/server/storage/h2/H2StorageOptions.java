package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.Retention;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * How to open a store.
 *
 * @param file where the data is, without an ending: {@code .mv.db}, {@code .lock} and {@code
 *     .journal.N} are added
 * @param cluster the cluster's name; part of every key, so a file belongs to one cluster
 * @param retention how much history is kept
 * @param clock the time that is kept with every revision
 */
public record H2StorageOptions(
        Path file, String cluster, Retention retention, InstantSource clock) {

    /** Checks the name and makes the path absolute. */
    public H2StorageOptions {
        file = file.toAbsolutePath().normalize();
        if (cluster.isEmpty() || cluster.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not a cluster name: '" + cluster + "'");
        }
    }

    /** The defaults for a file: a day of history, the system's clock. */
    public static H2StorageOptions of(Path file, String cluster) {
        return new H2StorageOptions(file, cluster, Retention.DEFAULT, InstantSource.system());
    }
}
