package dev.pilothouse.server;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs the parts of a start side by side. Each has a thread of its own: the pool that the JDK
 * shares has a single one on a small machine.
 */
final class Background {

    private Background() {}

    static <T> CompletableFuture<T> run(String name, Callable<T> part) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name(name)
                .start(() -> {
                    try {
                        future.complete(part.call());
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                });
        return future;
    }

    /** The part's result, or its failure as it was thrown. */
    static <T> T join(CompletableFuture<T> part) throws IOException {
        try {
            return part.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }
}
