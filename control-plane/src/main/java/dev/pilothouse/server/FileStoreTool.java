package dev.pilothouse.server;

import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.registry.FieldIndex;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.StoreCorruptException;
import dev.pilothouse.server.storage.StoreFailedException;
import dev.pilothouse.server.storage.StoreLockedException;
import dev.pilothouse.server.storage.h2.H2Storage;
import dev.pilothouse.server.storage.h2.H2StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Backs up and restores the store of a control plane that is not running. */
public final class FileStoreTool implements StoreTool {

    /** A tool. */
    public FileStoreTool() {}

    @Override
    public void backup(Path dataDirectory, Path target) throws IOException {
        if (!Files.exists(dataFile(dataDirectory))) {
            throw new IOException("There is no store in " + dataDirectory + ".");
        }
        if (Files.exists(target)) {
            throw new IOException(target + " exists already; name a new file for the backup.");
        }
        FieldIndex index = new FieldIndex(Schema.builtIn());
        try (DurableStorage storage = H2Storage.open(options(dataDirectory), index)) {
            storage.backup(target.toAbsolutePath());
        } catch (StoreLockedException | StoreCorruptException | StoreFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void restore(Path backup, Path dataDirectory, boolean force) throws IOException {
        Files.createDirectories(dataDirectory);
        if (!force && Files.exists(dataFile(dataDirectory))) {
            throw new IOException(
                    "There is a store in "
                            + dataDirectory
                            + " already; --force replaces it with the backup.");
        }
        try {
            H2Storage.restore(backup, options(dataDirectory), force);
        } catch (StoreLockedException | StoreCorruptException | StoreFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static H2StorageOptions options(Path dataDirectory) {
        return H2StorageOptions.of(ControlPlane.storeFile(dataDirectory), ControlPlane.CLUSTER);
    }

    private static Path dataFile(Path dataDirectory) {
        return Path.of(ControlPlane.storeFile(dataDirectory) + ".mv.db");
    }
}
