package dev.pilothouse.server.storage.journal;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogHead;
import dev.pilothouse.server.storage.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What is in the journal and not, or only just, in the log. Thread-safe. Who reads both must read
 * this first: a revision leaves here only when the log has it.
 */
final class Tail {

    private final ConcurrentSkipListMap<Long, LogRecord> records = new ConcurrentSkipListMap<>();

    void add(List<LogRecord> batch) {
        for (LogRecord row : batch) {
            records.put(row.revision(), row);
        }
    }

    /** Forgets revisions up to and including one. */
    void remove(long upTo) {
        while (true) {
            Map.Entry<Long, LogRecord> first = records.firstEntry();
            if (first == null || first.getKey() > upTo) {
                return;
            }
            records.pollFirstEntry();
        }
    }

    /** The oldest, at most so many and so many bytes of values, but at least one. */
    List<LogRecord> oldest(int limit, long maxBytes) {
        List<LogRecord> found = new ArrayList<>();
        long bytes = 0;
        for (LogRecord row : records.values()) {
            bytes += row.json().length;
            if (found.size() == limit || (bytes > maxBytes && !found.isEmpty())) {
                break;
            }
            found.add(row);
        }
        return found;
    }

    @Nullable LogRecord get(long revision) {
        return records.get(revision);
    }

    List<LogRecord> after(long revision, int limit) {
        return records.tailMap(revision, false).values().stream().limit(limit).toList();
    }

    List<LogHead> heads(GroupResource resource, long after, long upTo) {
        return upTo <= after
                ? List.of()
                : records.subMap(after, false, upTo, true).values().stream()
                        .filter(row -> row.key().resource().equals(resource))
                        .map(Tail::head)
                        .toList();
    }

    @Nullable LogHead firstAfter(ObjectKey key, long after) {
        LogRecord row = first(records.tailMap(after, false), key);
        return row == null ? null : head(row);
    }

    @Nullable LogRecord lastBefore(ObjectKey key, long before) {
        return first(records.headMap(before, false).descendingMap(), key);
    }

    private static @Nullable LogRecord first(
            ConcurrentNavigableMap<Long, LogRecord> rows, ObjectKey key) {
        for (LogRecord row : rows.values()) {
            if (row.key().equals(key)) {
                return row;
            }
        }
        return null;
    }

    private static LogHead head(LogRecord row) {
        return new LogHead(row.revision(), row.key(), row.previousRevision());
    }
}
