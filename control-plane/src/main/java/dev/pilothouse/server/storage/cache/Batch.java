package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionConflictException;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides writes that are committed together. Nobody sees any of it before it is published. */
final class Batch {

    private final State before;
    private final Catalog catalog;
    private final State.Draft draft;
    private final long time;
    private final List<LogRecord> records = new ArrayList<>();
    private final List<StoreEvent> events = new ArrayList<>();
    private final List<Command.Write> accepted = new ArrayList<>();
    private final List<Runnable> conflicts = new ArrayList<>();
    private long revision;
    private boolean strict;

    Batch(State before, Catalog catalog, long time) {
        this.before = before;
        this.catalog = catalog;
        this.draft = new State.Draft(before, catalog);
        this.revision = before.revision();
        this.time = time;
    }

    void decide(Command.Write write) {
        WriteRequest request = write.request();
        StoredObject current = draft.get(request.key());
        if (request.expectedRevision() != (current == null ? 0 : current.revision())) {
            refuse(write, current);
            return;
        }
        ObjectKey key = current == null ? catalog.canonical(request.key()) : current.key();
        revision++;
        long created = current == null ? revision : current.createRevision();
        byte[] json = ResourceVersionSplice.insert(request.json(), write.offset(), revision);
        var object = new StoredObject(key, revision, created, json, request.fields());
        if (request.type() == Type.DELETE) {
            draft.remove(key);
        } else {
            draft.put(object);
        }
        records.add(record(request, object, current));
        events.add(new StoreEvent(request.type(), revision, object, current));
        accepted.add(write);
        strict |= request.durability() == Durability.STRICT;
    }

    private LogRecord record(
            WriteRequest request, StoredObject object, @Nullable StoredObject current) {
        return new LogRecord(
                object.revision(),
                object.key(),
                request.type(),
                current == null ? 0 : current.revision(),
                object.createRevision(),
                time,
                request.provenance(),
                request.json());
    }

    /** Refuses at once when the current object is public, else when it has become so. */
    private void refuse(Command.Write write, @Nullable StoredObject current) {
        ObjectKey key = write.request().key();
        StoredObject known = before.map(catalog.number(key.resource())).get(key);
        Runnable answer = () -> write.fail(new RevisionConflictException(current));
        boolean isPublic =
                known == null
                        ? current == null
                        : current != null && known.revision() == current.revision();
        if (isPublic) {
            answer.run();
        } else {
            conflicts.add(answer);
        }
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Whether any of the writes must be durable before it is acknowledged. */
    boolean strict() {
        return strict;
    }

    List<LogRecord> records() {
        return records;
    }

    List<StoreEvent> events() {
        return events;
    }

    /** The newest revision of the batch. */
    long revision() {
        return revision;
    }

    State after() {
        return draft.at(revision);
    }

    /** Answers all who wait. */
    void complete() {
        for (int i = 0; i < accepted.size(); i++) {
            accepted.get(i).future().complete(events.get(i).object());
        }
        conflicts.forEach(Runnable::run);
    }
}
