package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.RevisionException.Problem;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns stretches of the log into the events of one watch. */
final class CatchUp {

    private static final int ROWS = 256;
    private static final int MAX_REMEMBERED = 1024;

    /**
     * Part of the way.
     *
     * @param events what the watch asks for, may be empty
     * @param revision how far the log has been read
     */
    record Step(List<StoreEvent> events, long revision) {}

    private final LogReader log;
    private final GroupResource resource;
    private final String namespace;
    private final Map<ObjectKey, StoredObject> latest = new HashMap<>();

    CatchUp(LogReader log, GroupResource resource, String namespace) {
        this.log = log;
        this.resource = resource;
        this.namespace = namespace;
    }

    /**
     * Reads on.
     *
     * @param after the revision reached so far
     * @param end where the log need not be read beyond
     */
    Step read(long after, long end, int max) {
        int limit = Math.clamp(max, 1, ROWS);
        List<LogRecord> records = log.after(after, limit);
        List<StoreEvent> events = new ArrayList<>();
        for (LogRecord row : records) {
            if (concerns(row.key())) {
                events.add(event(row));
            }
        }
        long reached = records.isEmpty() ? after : records.getLast().revision();
        return new Step(events, records.size() < limit ? Math.max(reached, end) : reached);
    }

    private boolean concerns(ObjectKey key) {
        return key.resource().equals(resource)
                && (namespace.isEmpty() || key.namespace().equals(namespace));
    }

    private StoreEvent event(LogRecord row) {
        StoredObject object = log.object(row);
        StoredObject previous = row.type() == Type.CREATE ? null : previous(row);
        if (latest.size() >= MAX_REMEMBERED) {
            latest.clear();
        }
        latest.put(row.key(), object);
        return new StoreEvent(row.type(), row.revision(), object, previous);
    }

    private StoredObject previous(LogRecord row) {
        StoredObject known = latest.get(row.key());
        if (known != null && known.revision() == row.previousRevision()) {
            return known;
        }
        @Nullable StoredObject read = log.object(row.previousRevision());
        if (read == null) {
            throw new RevisionException(Problem.COMPACTED, row.previousRevision(), log.oldest());
        }
        return read;
    }

    /** Lets go of what is only needed while reading. */
    void forget() {
        latest.clear();
    }
}
