package dev.pilothouse.server.registry;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.request.RequestDeadline;
import dev.pilothouse.server.storage.StoredObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waiting for the store's writer. */
final class Writes {

    private Writes() {}

    /** The written object, or what the write failed with, for as long as the request has. */
    static StoredObject await(CompletableFuture<StoredObject> write) {
        try {
            return RequestDeadline.join(write);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw ApiException.internal("the store failed", e.getCause());
        }
    }
}
