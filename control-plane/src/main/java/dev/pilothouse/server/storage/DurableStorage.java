package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.ObjectKey;
import java.nio.file.Path;
import java.util.List;

/** A store on disk: what the history and the operator need beyond {@link Storage}. */
public interface DurableStorage extends Storage {

    /** The unique id given to the cluster when its store was created. */
    String clusterUid();

    /**
     * What was written after a revision, oldest first, at most {@code limit}. Writes that are not
     * on disk yet are not among them.
     *
     * @throws RevisionException when the revision is not kept
     */
    List<LogRecord> changes(long afterRevision, int limit);

    /**
     * The kept revisions of one object that are older than the one given, newest first, at most
     * {@code limit}; also of an object that exists no more, and of earlier objects of that name.
     */
    List<LogRecord> revisions(ObjectKey key, long beforeRevision, int limit);

    /**
     * Writes a consistent backup of state and history to a new file while the store goes on
     * working. It has checksums throughout; a file that is there already is replaced when all is
     * written.
     *
     * @throws StoreFailedException when the file cannot be written
     */
    void backup(Path file);
}
