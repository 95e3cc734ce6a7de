package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Versioned objects with a history: the only way to read and write state. All methods are
 * thread-safe. Reads come from memory and see exactly the acknowledged writes; writes are ordered
 * by one writer and numbered by revisions that never repeat or go backwards, also across restarts.
 */
public interface Storage extends AutoCloseable {

    /** The revision of the newest write. At least 1. */
    long revision();

    /** The oldest revision at which state can be read and from which a watch can start. */
    long oldestRevision();

    /** The object as it is now, or null. */
    @Nullable StoredObject get(ObjectKey key);

    /**
     * The object as it was at a revision, or null when it did not exist then. May read the disk.
     *
     * @throws RevisionException when the revision is not kept or not yet written
     */
    @Nullable StoredObject get(ObjectKey key, long revision);

    /** All objects of a resource as they are now. */
    Snapshot snapshot(GroupResource resource);

    /**
     * All objects of a resource at a revision. May read the disk.
     *
     * @throws RevisionException when the revision is not kept or not yet written
     */
    Snapshot snapshot(GroupResource resource, long revision);

    /**
     * Waits until a revision has been reached.
     *
     * @throws RevisionException with FUTURE when it has not been within the time
     */
    void awaitRevision(long revision, Duration timeout);

    /**
     * Queues a write. The future completes on the store's writer thread: with the stored object
     * (for a delete: its last state) once it is durable as asked and visible to reads, or with
     * {@link RevisionConflictException}, or with an {@link dev.pilothouse.model.meta.ApiException}
     * when the store can take no more writes (disk full, failed sync).
     */
    CompletableFuture<StoredObject> write(WriteRequest request);

    /**
     * Watches a resource.
     *
     * @param resource what to watch
     * @param namespace only this namespace, empty for all
     * @param fromRevision events with a higher revision than this are delivered
     * @throws RevisionException when the revision is not kept or lies in the future
     */
    WatchStream watch(GroupResource resource, String namespace, long fromRevision);

    /** Why writes cannot be taken, or null when all is well. For readiness. */
    @Nullable String failure();

    /** Writes what is still lazy, then closes the files. */
    @Override
    void close();
}
