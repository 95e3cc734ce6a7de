package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionLog;
import dev.pilothouse.server.storage.StoreFailedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes what is queued, decides it, makes it durable in one go, shows
 * it, and answers. While one batch is on its way to the disk the next one gathers.
 *
 * <p>After the first failure it writes nothing more: what the disk holds is then unknown, and
 * syncing the same file again may report success for data that was lost.
 */
final class StoreWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
    private static final int MAX_BATCH = 512;
    private static final int MAX_LAZY = 512;
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LAZY_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long RESERVE = 10_000;

    private final RevisionLog log;
    private final WatchCache cache;
    private final Catalog catalog;
    private final InstantSource clock;
    private final CommandQueue queue = new CommandQueue();
    private final Thread thread;

    /** Acknowledged but not yet durable. */
    private final List<LogRecord> lazy = new ArrayList<>();

    /** How many commands the last batch had. */
    private int crowd = 1;

    private long lazySince;
    private long durable;
    private long reserved;

    private volatile @Nullable String failure;
    private volatile boolean closed;

    StoreWriter(RevisionLog log, WatchCache cache, Catalog catalog, InstantSource clock) {
        this.log = log;
        this.cache = cache;
        this.catalog = catalog;
        this.clock = clock;
        this.durable = cache.state().revision();
        this.reserved = durable;
        this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Why writes are refused at the moment, or null when they are not. */
    @Nullable String failure() {
        return failure != null ? failure : log.shortage();
    }

    void submit(Command command) {
        if (closed) {
            command.fail(ApiException.unavailable("the store is closed"));
            return;
        }
        queue.add(command);
        if (closed && queue.remove(command)) { // the thread may have ended without seeing it
            command.fail(ApiException.unavailable("the store is closed"));
        }
    }

    /** Answers what is queued, then ends the thread. */
    void close() {
        if (!closed) {
            closed = true;
            queue.add(new Command.Stop());
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Command> commands = new ArrayList<>(MAX_BATCH);
        boolean running = true;
        while (running) {
            commands.clear();
            awaitFirst();
            gather(commands);
            try {
                running = handle(commands);
            } catch (Throwable e) { // whatever it is, nobody must wait for ever
                fail(e);
                commands.forEach(this::refuse);
                running = commands.stream().noneMatch(Command.Stop.class::isInstance);
            }
        }
        stop();
    }

    /**
     * Drains the queue, and waits a moment for as many as came last time: a commit costs the disk
     * and the processor the same for one write as for many, and clients that wait for their answers
     * come back together. A lone client never waits.
     */
    private void gather(List<Command> commands) {
        int expected = Math.min(crowd, MAX_BATCH);
        if (expected > 1) {
            queue.await(expected, GATHER_NANOS);
        }
        queue.drainTo(commands, MAX_BATCH);
        crowd = Math.max(commands.size(), 1);
    }

    /** Waits for a command, or until what was only acknowledged is to be made durable. */
    private void awaitFirst() {
        boolean forEver = failure != null || lazy.isEmpty();
        queue.await(1, forEver ? Long.MAX_VALUE : LAZY_NANOS - (System.nanoTime() - lazySince));
    }

    /** Handles what was drained; false when it holds the command to stop. */
    private boolean handle(List<Command> commands) {
        if (failure != null) {
            commands.forEach(this::refuse);
            return commands.stream().noneMatch(Command.Stop.class::isInstance);
        }
        boolean running = true;
        String shortage = log.shortage();
        List<Command.Flush> flushes = new ArrayList<>();
        Batch batch = new Batch(cache.state(), catalog, clock.millis());
        for (Command command : commands) {
            switch (command) {
                case Command.Write write when shortage != null -> postpone(write, shortage);
                case Command.Write write -> batch.decide(write);
                case Command.Flush flush -> flushes.add(flush);
                case Command.Stop _ -> running = false;
            }
        }
        commit(batch);
        if (!running || !flushes.isEmpty() || lazyIsDue()) {
            appendLazy();
        }
        flushes.forEach(flush -> flush.done().complete(null));
        return running;
    }

    private void commit(Batch batch) {
        if (!batch.isEmpty()) {
            if (batch.strict()) {
                lazy.addAll(batch.records());
                appendLazy();
            } else {
                defer(batch);
            }
            cache.publish(batch.after(), batch.events(), durable);
        }
        batch.complete();
    }

    private void defer(Batch batch) {
        if (batch.revision() > reserved) {
            long upTo = batch.revision() + RESERVE;
            log.reserve(upTo);
            reserved = upTo;
        }
        if (lazy.isEmpty()) {
            lazySince = System.nanoTime();
        }
        lazy.addAll(batch.records());
    }

    private boolean lazyIsDue() {
        return lazy.size() >= MAX_LAZY
                || (!lazy.isEmpty() && System.nanoTime() - lazySince >= LAZY_NANOS);
    }

    private void appendLazy() {
        if (!lazy.isEmpty()) {
            log.append(lazy);
            durable = lazy.getLast().revision();
            lazy.clear();
        }
    }

    /** Nothing has been begun: the client may try again. */
    private static void postpone(Command.Write write, String why) {
        LOG.debug("a write is refused: {}", why);
        write.fail(ApiException.unavailable("the store takes no writes for now: " + why));
    }

    private void refuse(Command command) {
        command.fail(ApiException.unavailable("the store takes no more writes: " + failure));
    }

    private void fail(Throwable cause) {
        String why =
                cause instanceof StoreFailedException
                        ? String.valueOf(cause.getMessage())
                        : "internal error: " + cause;
        failure = why;
        LOG.error("The store takes no more writes: {}", why, cause);
    }

    private void stop() {
        closed = true;
        try {
            if (failure == null) {
                log.close();
            } else {
                log.abandon();
            }
        } catch (RuntimeException e) {
            LOG.error("Closing the store failed", e);
        }
        List<Command> rest = new ArrayList<>();
        queue.drainTo(rest, Integer.MAX_VALUE);
        rest.forEach(command -> command.fail(ApiException.unavailable("the store is closed")));
    }
}
