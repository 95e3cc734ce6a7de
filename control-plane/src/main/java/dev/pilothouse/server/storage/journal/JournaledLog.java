package dev.pilothouse.server.storage.journal;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.LogHead;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log whose newest revisions are in a journal and in memory, and the others in its base. */
public final class JournaledLog implements RevisionLog {

    private final BaseLog base;
    private final JournalFiles files;
    private final JournalLimits limits;
    private final Runnable onClose;
    private final Tail tail = new Tail();

    private @Nullable Journal journal;
    private @Nullable Settler settler;
    private long last;
    private long reserved;

    /**
     * Puts a journal in front of a log that has just been opened.
     *
     * @param onClose run when all files are closed
     */
    public JournaledLog(BaseLog base, JournalFiles files, JournalLimits limits, Runnable onClose) {
        this.base = base;
        this.files = files;
        this.limits = limits;
        this.onClose = onClose;
    }

    @Override
    public Recovered recover(Consumer<LogRecord> live) {
        try {
            Replay replay = Replay.read(base, files);
            base.recover(replay.withoutReplaced(live));
            replay.into(base, limits.records());
            replay.live(live);
            Recovered recovered = base.resume();
            start(recovered.revision());
            return recovered;
        } catch (IOException e) {
            throw base.failed(e);
        }
    }

    private void start(long revision) throws IOException {
        String name = UUID.randomUUID().toString();
        journal = new Journal(files, name, limits.fileBytes());
        base.journal(name);
        last = revision;
        Settler fresh = new Settler(base, tail, limits, revision);
        settler = fresh;
        fresh.start();
    }

    private Journal journal() {
        return opened(journal);
    }

    private Settler settler() {
        return opened(settler);
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the log has not been recovered");
        }
        return part;
    }

    @Override
    public void append(List<LogRecord> batch) {
        settler().check();
        write(batch);
        tail.add(batch);
        last = batch.getLast().revision();
        settler().added(batch);
    }

    @Override
    public @Nullable String shortage() {
        return files.shortage();
    }

    @Override
    public void reserve(long upTo) {
        settler().check();
        reserved = upTo;
        write(List.of());
        settler().reserve(upTo);
    }

    private void write(List<LogRecord> batch) {
        try {
            long awaited = journal().awaited();
            if (awaited > 0) {
                settler().await(awaited);
            }
            journal().append(last, batch, reserved);
        } catch (IOException e) {
            throw base.failed(e);
        }
    }

    @Override
    public List<LogRecord> read(long after, int limit) {
        List<LogRecord> newest = tail.after(after, limit); // before the base, see Tail
        List<LogRecord> found = new ArrayList<>(base.read(after, limit));
        long reached = found.isEmpty() ? after : found.getLast().revision();
        for (LogRecord row : newest) {
            if (row.revision() > reached && found.size() < limit) {
                found.add(row);
            }
        }
        return found;
    }

    @Override
    public @Nullable LogRecord read(long revision) {
        LogRecord row = tail.get(revision);
        return row == null ? base.read(revision) : row;
    }

    @Override
    public void read(long[] revisions, Consumer<LogRecord> found) {
        List<LogRecord> newest = new ArrayList<>();
        long[] older =
                Arrays.stream(revisions)
                        .filter(revision -> {
                            LogRecord row = tail.get(revision);
                            if (row != null) {
                                newest.add(row);
                            }
                            return row == null;
                        })
                        .toArray();
        base.read(older, found);
        newest.forEach(found);
    }

    @Override
    public List<LogHead> heads(GroupResource resource, long after, long upTo) {
        List<LogHead> newest = tail.heads(resource, after, upTo);
        List<LogHead> found = new ArrayList<>(base.heads(resource, after, upTo));
        long reached = found.isEmpty() ? after : found.getLast().revision();
        for (LogHead head : newest) {
            if (head.revision() > reached) {
                found.add(head);
            }
        }
        return found;
    }

    @Override
    public @Nullable LogHead firstAfter(ObjectKey key, long after) {
        LogHead newest = tail.firstAfter(key, after);
        LogHead older = base.firstAfter(key, after);
        return older == null ? newest : older;
    }

    @Override
    public @Nullable LogRecord lastBefore(ObjectKey key, long before) {
        LogRecord newest = tail.lastBefore(key, before);
        return newest == null ? base.lastBefore(key, before) : newest;
    }

    @Override
    public long oldest() {
        return base.oldest();
    }

    @Override
    public Pin pin() {
        return base.pin();
    }

    @Override
    public String uid() {
        return base.uid();
    }

    @Override
    public void backup(Path file) {
        settler().awaitAll();
        base.backup(file);
    }

    @Override
    public void close() {
        Settler last = settler();
        try {
            last.awaitAll();
        } catch (RuntimeException e) {
            abandon(); // the journal has it, for the next start
            throw e;
        }
        last.close();
        try {
            base.close();
            journal().close();
            files.delete();
        } catch (IOException e) {
            throw base.failed(e);
        } finally {
            onClose.run();
        }
    }

    @Override
    public void abandon() {
        if (settler != null) {
            settler.close();
        }
        try {
            if (journal != null) {
                journal.close();
            }
        } catch (IOException e) {
            // It was given up already; the files are closed with the process at the latest.
        } finally {
            base.abandon();
            onClose.run();
        }
    }
}
