package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogHead;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.RevisionException.Problem;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers what was at an earlier revision, by undoing what has been written since: the first write
 * of a key after that revision names the version that it replaced. Recent writes are in memory,
 * older ones in the log.
 */
final class HistoryReader {

    private static final int REMEMBERED = 8;

    private record Moment(GroupResource resource, long revision) {}

    private final WatchCache cache;
    private final Catalog catalog;
    private final LogReader log;

    /** Past states just computed: a paged list asks for the same one again and again. */
    private final Map<Moment, SoftReference<ObjectMap>> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<Moment, SoftReference<ObjectMap>> eldest) {
                    return size() > REMEMBERED;
                }
            };

    HistoryReader(WatchCache cache, Catalog catalog, LogReader log) {
        this.cache = cache;
        this.catalog = catalog;
        this.log = log;
    }

    /** An object as it was at a revision that has been written. */
    @Nullable StoredObject get(ObjectKey key, long revision) {
        State now = cache.state();
        StoredObject object = now.map(catalog.number(key.resource())).get(key);
        if (object != null && object.revision() <= revision) {
            return object;
        }
        Recent recent = recent(key.resource(), revision, now.revision());
        for (StoreEvent event : recent.events()) {
            if (event.object().key().equals(key)) {
                object = event.previous();
                break;
            }
        }
        if (recent.from() <= revision || (object != null && object.revision() <= revision)) {
            return object;
        }
        LogHead first = log.firstAfter(key, revision);
        if (first == null || first.revision() > recent.from()) {
            return object;
        }
        return first.previousRevision() == 0 ? null : read(first.previousRevision());
    }

    /** A resource as it was at a revision that has been written. */
    ObjectMap map(GroupResource resource, long revision) {
        State now = cache.state();
        int number = catalog.number(resource);
        if (revision >= now.revision()) {
            return now.map(number);
        }
        Moment moment = new Moment(resource, revision);
        ObjectMap known = recall(moment);
        if (known != null) {
            return known;
        }
        ObjectMap map = compute(now.map(number), resource, revision, now.revision());
        synchronized (remembered) {
            remembered.put(moment, new SoftReference<>(map));
        }
        return map;
    }

    private @Nullable ObjectMap recall(Moment moment) {
        synchronized (remembered) {
            SoftReference<ObjectMap> known = remembered.get(moment);
            return known == null ? null : known.get();
        }
    }

    private ObjectMap compute(ObjectMap map, GroupResource resource, long revision, long now) {
        Recent recent = recent(resource, revision, now);
        ObjectMap past = undo(map, recent.events());
        if (revision >= recent.from()) {
            return past;
        }
        Map<ObjectKey, Long> replaced = new HashMap<>();
        for (LogHead head : log.heads(resource, revision, recent.from())) {
            replaced.putIfAbsent(head.key(), head.previousRevision());
        }
        return undo(past, replaced);
    }

    private static ObjectMap undo(ObjectMap map, List<StoreEvent> events) {
        ObjectMap past = map;
        for (StoreEvent event : events.reversed()) {
            StoredObject previous = event.previous();
            past = previous == null ? past.without(event.object().key()) : past.with(previous);
        }
        return past;
    }

    private ObjectMap undo(ObjectMap map, Map<ObjectKey, Long> replaced) {
        ObjectMap past = map;
        for (ObjectKey key : replaced.keySet()) {
            past = past.without(key);
        }
        long[] wanted =
                replaced.values().stream()
                        .mapToLong(Long::longValue)
                        .filter(r -> r > 0)
                        .sorted()
                        .toArray();
        List<StoredObject> found = new ArrayList<>(wanted.length);
        log.objects(wanted, found::add);
        if (found.size() < wanted.length) {
            throw new RevisionException(Problem.COMPACTED, wanted[0], log.oldest());
        }
        for (StoredObject object : found) {
            past = past.with(object);
        }
        return past;
    }

    private StoredObject read(long revision) {
        StoredObject object = log.object(revision);
        if (object == null) {
            throw new RevisionException(Problem.COMPACTED, revision, log.oldest());
        }
        return object;
    }

    /** What is in memory of a resource's writes after a revision; the rest is in the log. */
    private Recent recent(GroupResource resource, long revision, long now) {
        while (true) {
            long from = Math.max(revision, cache.floor());
            List<StoreEvent> events = cache.events(resource, from, now);
            if (events != null) {
                return new Recent(from, events);
            }
        }
    }

    /**
     * Recent writes.
     *
     * @param from all writes after this revision are here
     * @param events oldest first
     */
    private record Recent(long from, List<StoreEvent> events) {}
}
