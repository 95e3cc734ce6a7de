package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogHead;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionLog;
import dev.pilothouse.server.storage.StoreFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log in memory that can be made to fail and to forget. */
final class MemoryLog implements RevisionLog {

    final ConcurrentSkipListMap<Long, LogRecord> rows = new ConcurrentSkipListMap<>();
    volatile long oldest = 1;
    volatile boolean full;
    volatile String ending = "";

    @Override
    public Recovered recover(Consumer<LogRecord> live) {
        return new Recovered(1, 1, List.of());
    }

    @Override
    public void append(List<LogRecord> batch) {
        if (full) {
            throw new StoreFailedException("the disk is full", null);
        }
        batch.forEach(row -> rows.put(row.revision(), row));
    }

    @Override
    public void reserve(long upTo) {}

    @Override
    public List<LogRecord> read(long after, int limit) {
        return rows.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public @Nullable LogRecord read(long revision) {
        return rows.get(revision);
    }

    @Override
    public void read(long[] revisions, Consumer<LogRecord> found) {
        for (long revision : revisions) {
            LogRecord row = rows.get(revision);
            if (row != null) {
                found.accept(row);
            }
        }
    }

    @Override
    public List<LogHead> heads(GroupResource resource, long after, long upTo) {
        return rows.subMap(after, false, upTo, true).values().stream()
                .filter(row -> row.key().resource().equals(resource))
                .map(row -> new LogHead(row.revision(), row.key(), row.previousRevision()))
                .toList();
    }

    @Override
    public @Nullable LogHead firstAfter(ObjectKey key, long after) {
        return heads(key.resource(), after, Long.MAX_VALUE).stream()
                .filter(head -> head.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable LogRecord lastBefore(ObjectKey key, long before) {
        return rows.headMap(before, false).descendingMap().values().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    @Override
    public long oldest() {
        return oldest;
    }

    @Override
    public Pin pin() {
        return () -> {};
    }

    @Override
    public String uid() {
        return "uid";
    }

    @Override
    public void backup(Path file) {}

    @Override
    public void close() {
        ending = "closed";
    }

    @Override
    public void abandon() {
        ending = "abandoned";
    }
}
