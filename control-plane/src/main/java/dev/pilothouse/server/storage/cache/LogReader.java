package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.LogHead;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.RevisionException.Problem;
import dev.pilothouse.server.storage.RevisionLog;
import dev.pilothouse.server.storage.StoredObject;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the log as objects. Thread-safe. */
final class LogReader {

    private final RevisionLog log;
    private final FieldExtractor extractor;

    LogReader(RevisionLog log, FieldExtractor extractor) {
        this.log = log;
        this.extractor = extractor;
    }

    /** The object that a row holds, as it is served. */
    StoredObject object(LogRecord row) {
        byte[] json =
                ResourceVersionSplice.insert(
                        row.json(), ResourceVersionSplice.offset(row.json()), row.revision());
        return new StoredObject(
                row.key(),
                row.revision(),
                row.createRevision(),
                json,
                extractor.extract(row.key(), json));
    }

    @Nullable StoredObject object(long revision) {
        LogRecord row = log.read(revision);
        return row == null ? null : object(row);
    }

    @Nullable LogRecord row(long revision) {
        return log.read(revision);
    }

    void objects(long[] revisions, Consumer<StoredObject> found) {
        log.read(revisions, row -> found.accept(object(row)));
    }

    /** Rows after a revision, which must be kept. */
    List<LogRecord> after(long revision, int limit) {
        List<LogRecord> rows = log.read(revision, limit);
        checkKept(revision); // after reading: it may have been trimmed meanwhile
        return rows;
    }

    List<LogHead> heads(GroupResource resource, long after, long upTo) {
        List<LogHead> heads = log.heads(resource, after, upTo);
        checkKept(after);
        return heads;
    }

    @Nullable LogHead firstAfter(ObjectKey key, long after) {
        LogHead head = log.firstAfter(key, after);
        checkKept(after);
        return head;
    }

    long oldest() {
        return log.oldest();
    }

    private void checkKept(long revision) {
        if (revision < log.oldest()) {
            throw new RevisionException(Problem.COMPACTED, revision, log.oldest());
        }
    }
}
