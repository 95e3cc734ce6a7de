package dev.pilothouse.server.cli;

import dev.pilothouse.server.StoreTool;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * {@code backup} and {@code restore}: through the running server, or on the files when none runs.
 */
record StoreCommands(StoreTool storeTool, PrintStream out) {

    /** Where a running server streams a backup of itself; administrators only. */
    private static final String BACKUP_PATH = "/pilothouse.dev/v1/backup";

    int backup(Path dataDirectory, Path target) throws IOException, InterruptedException {
        if (Files.exists(target)) {
            throw new IOException(target + " exists already; name a new file for the backup.");
        }
        try (AdminClient client = AdminClient.connect(dataDirectory)) {
            if (client != null) {
                download(client, target);
            } else {
                storeTool.backup(dataDirectory, target);
            }
        }
        out.println("Backup written to " + target + " (" + Files.size(target) + " bytes).");
        return 0;
    }

    int restore(Path backup, Path dataDirectory, boolean force)
            throws IOException, InterruptedException {
        if (!Files.isRegularFile(backup)) {
            throw new IOException("There is no backup file " + backup + ".");
        }
        try (AdminClient client = AdminClient.connect(dataDirectory)) {
            if (client != null) {
                throw new IOException(
                        "A server is running on "
                                + dataDirectory
                                + " at "
                                + client.endpoint()
                                + "; stop it before restoring.");
            }
        }
        storeTool.restore(backup, dataDirectory, force);
        out.println("Restored " + backup + " into " + dataDirectory + ".");
        return 0;
    }

    /**
     * Streams into a file beside the target, so that a broken download never looks like a backup.
     */
    private static void download(AdminClient client, Path target)
            throws IOException, InterruptedException {
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(target + " is a directory; name a file for the backup.");
        }
        Path partial = Files.createTempFile(parent, ".pilothouse-backup", ".partial");
        try {
            HttpResponse<InputStream> response = client.download(BACKUP_PATH);
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException(
                            "The server at "
                                    + client.endpoint()
                                    + " refused the backup: "
                                    + AdminClient.reason(response.statusCode(), body));
                }
                Files.copy(body, partial, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(partial, target);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
