package dev.pilothouse.server.storage.cache;

import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the writer is asked to do. */
sealed interface Command {

    /** Fails whoever waits for this. */
    void fail(RuntimeException why);

    /**
     * A write.
     *
     * @param offset where the resourceVersion goes into the JSON
     */
    record Write(WriteRequest request, int offset, CompletableFuture<StoredObject> future)
            implements Command {
        @Override
        public void fail(RuntimeException why) {
            future.completeExceptionally(why);
        }
    }

    /** Make everything durable that came before. */
    record Flush(CompletableFuture<@Nullable Void> done) implements Command {
        @Override
        public void fail(RuntimeException why) {
            done.completeExceptionally(why);
        }
    }

    /** Make everything durable, close the log, end the thread. */
    record Stop() implements Command {
        @Override
        public void fail(RuntimeException why) {
            // nobody waits for it: close() joins the thread
        }
    }
}
