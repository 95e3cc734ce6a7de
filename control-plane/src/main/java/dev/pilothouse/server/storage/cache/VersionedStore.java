package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.RevisionException.Problem;
import dev.pilothouse.server.storage.RevisionLog;
import dev.pilothouse.server.storage.Snapshot;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WatchStream;
import dev.pilothouse.server.storage.WriteRequest;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Storage with all state in memory over a {@link RevisionLog}. */
public final class VersionedStore implements DurableStorage {

    /** How many recent events are kept in memory at most. */
    private static final int RECENT_EVENTS = 16_384;

    /** How many bytes of JSON the recent events may hold. */
    private static final long RECENT_BYTES = 24L << 20;

    /** The log keeps values of this size at most. */
    private static final int MAX_VALUE = 4 << 20;

    private final RevisionLog log;
    private final LogReader reader;
    private final Catalog catalog;
    private final WatchCache cache;
    private final HistoryReader history;
    private final StoreWriter writer;
    private final List<RevisionLog.Gap> gaps;

    private VersionedStore(
            RevisionLog log, FieldExtractor extractor, InstantSource clock, Limits limits) {
        this.log = log;
        this.reader = new LogReader(log, extractor);
        this.catalog = new Catalog();
        Recovery.Result recovered = Recovery.run(log, extractor, catalog);
        this.gaps = List.copyOf(recovered.log().gaps());
        this.cache = new WatchCache(recovered.state(), limits.events(), limits.bytes());
        this.history = new HistoryReader(cache, catalog, reader);
        this.writer = new StoreWriter(log, cache, catalog, clock);
    }

    /** How much recent history stays in memory. */
    record Limits(int events, long bytes) {}

    /**
     * Recovers the state from a log and starts the writer. The store owns the log from then on and
     * closes it.
     */
    public static VersionedStore open(
            RevisionLog log, FieldExtractor extractor, InstantSource clock) {
        return open(log, extractor, clock, new Limits(RECENT_EVENTS, RECENT_BYTES));
    }

    static VersionedStore open(
            RevisionLog log, FieldExtractor extractor, InstantSource clock, Limits limits) {
        VersionedStore store = new VersionedStore(log, extractor, clock, limits);
        store.writer.start();
        return store;
    }

    @Override
    public long revision() {
        return cache.state().revision();
    }

    @Override
    public long oldestRevision() {
        return log.oldest();
    }

    @Override
    public @Nullable StoredObject get(ObjectKey key) {
        return cache.get(key, catalog.number(key.resource()));
    }

    @Override
    public @Nullable StoredObject get(ObjectKey key, long revision) {
        checkReadable(revision);
        return history.get(key, revision);
    }

    @Override
    public Snapshot snapshot(GroupResource resource) {
        State now = cache.state();
        return new ObjectSnapshot(now.revision(), now.map(catalog.number(resource)));
    }

    @Override
    public Snapshot snapshot(GroupResource resource, long revision) {
        checkReadable(revision);
        return new ObjectSnapshot(revision, history.map(resource, revision));
    }

    private void checkReadable(long revision) {
        long newest = cache.state().revision();
        if (revision > newest) {
            throw new RevisionException(Problem.FUTURE, revision, newest);
        }
        long oldest = log.oldest();
        if (revision < oldest || isLost(revision)) {
            throw new RevisionException(Problem.COMPACTED, revision, oldest);
        }
    }

    /**
     * Whether a revision may have been seen by somebody before a crash took it: its state is not
     * known any more, so whoever names it must start afresh.
     */
    private boolean isLost(long revision) {
        for (RevisionLog.Gap gap : gaps) {
            if (gap.after() < revision && revision < gap.before()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void awaitRevision(long revision, Duration timeout) {
        try {
            if (!cache.await(revision, timeout)) {
                throw new RevisionException(Problem.FUTURE, revision, revision());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RevisionException(Problem.FUTURE, revision, revision());
        }
    }

    @Override
    public CompletableFuture<StoredObject> write(WriteRequest request) {
        if ((request.type() == Type.CREATE) != (request.expectedRevision() == 0)) {
            throw new IllegalArgumentException(
                    request.type() + " cannot expect revision " + request.expectedRevision());
        }
        if (request.json().length > MAX_VALUE) {
            throw ApiException.tooLarge("the object is larger than 4 MiB");
        }
        int offset = ResourceVersionSplice.offset(request.json());
        CompletableFuture<StoredObject> future = new CompletableFuture<>();
        writer.submit(new Command.Write(request, offset, future));
        return future;
    }

    @Override
    public WatchStream watch(GroupResource resource, String namespace, long fromRevision) {
        checkReadable(fromRevision);
        CatchUp catchUp = new CatchUp(reader, resource, namespace);
        Watcher watcher = new Watcher(cache, resource, namespace, fromRevision, catchUp);
        watcher.start();
        return watcher;
    }

    @Override
    public @Nullable String failure() {
        return writer.failure();
    }

    @Override
    public String clusterUid() {
        return log.uid();
    }

    @Override
    public List<LogRecord> changes(long afterRevision, int limit) {
        checkReadable(afterRevision);
        return reader.after(afterRevision, limit);
    }

    @Override
    public List<LogRecord> revisions(ObjectKey key, long beforeRevision, int limit) {
        List<LogRecord> found = new ArrayList<>();
        long before = beforeRevision;
        while (found.size() < limit) {
            LogRecord row = log.lastBefore(key, before);
            if (row == null) {
                break;
            }
            found.add(row);
            before = row.revision();
            while (found.size() < limit && row != null && row.previousRevision() > 0) {
                row = log.read(row.previousRevision());
                if (row != null) {
                    found.add(row);
                    before = row.revision();
                }
            }
        }
        return found;
    }

    @Override
    public void backup(Path file) {
        CompletableFuture<@Nullable Void> flushed = new CompletableFuture<>();
        writer.submit(new Command.Flush(flushed));
        try {
            flushed.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ApiException refused ? refused : e;
        }
        log.backup(file);
    }

    @Override
    public void close() {
        writer.close();
    }
}
