package dev.pilothouse.server.registry;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.storage.StoredObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waiting for the store's writer. */
final class Writes {

    private Writes() {}

    /** The written object, or what the write failed with. */
    static StoredObject await(CompletableFuture<StoredObject> write) {
        try {
            return write.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("the server is shutting down");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw ApiException.internal("the store failed", e.getCause());
        }
    }
}
