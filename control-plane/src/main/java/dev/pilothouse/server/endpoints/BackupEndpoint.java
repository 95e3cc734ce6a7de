package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.storage.DurableStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Streams a backup of the running store to an administrator. */
public final class BackupEndpoint implements ApiHandler {

    private final DurableStorage storage;

    /** Backs up this store. */
    public BackupEndpoint(DurableStorage storage) {
        this.storage = storage;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        EndpointMethods.requireRead(request);
        Path directory;
        Path file;
        try {
            directory = Files.createTempDirectory("pilothouse-backup");
            file = directory.resolve("backup");
        } catch (IOException e) {
            throw ApiException.internal("no room for a temporary backup file", e);
        }
        return new ApiResponse.ByteStream(
                200,
                List.of(),
                "application/octet-stream",
                out -> {
                    try {
                        storage.backup(file);
                        send(file, out);
                    } finally {
                        Files.deleteIfExists(file);
                        Files.deleteIfExists(directory);
                    }
                });
    }

    private static void send(Path file, OutputStream out) throws IOException {
        Files.copy(file, out);
        out.flush();
    }
}
