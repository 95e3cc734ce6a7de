package dev.pilothouse.ui.logs.feed;

import dev.pilothouse.ui.cluster.ApiPaths;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.RefusedException;
import dev.pilothouse.ui.cluster.Retries;
import dev.pilothouse.ui.logs.feed.SourceState.Phase;
import dev.pilothouse.ui.logs.store.LineBatch;
import dev.pilothouse.ui.logs.store.LineReader;
import dev.pilothouse.ui.logs.store.LogStore;
import dev.pilothouse.ui.logs.store.Replay;
import dev.pilothouse.ui.logs.store.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of one container, through its restarts and through broken connections, until its
 * pod is gone. Runs on a virtual thread of its own.
 */
final class ContainerLog {

    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    /** How long the pod's state may lag behind the end of a log. */
    private static final long SETTLE_MILLIS = 1000;

    private final Cluster cluster;
    private final LogStore store;
    private final History history;
    private final SourceState source;
    private final Runnable changed;
    private final Replay replay = new Replay();
    private final Retries retries = new Retries();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread thread;
    private ContainerState state = ContainerState.NONE;
    private String readToEnd = "";
    private boolean podGone;
    private boolean paused;
    private boolean closed;
    private @Nullable InputStream open;
    private volatile Phase phase = Phase.WAITING;
    private volatile String note = "";
    private volatile long lines;
    private volatile int gaps;

    /**
     * Not yet started.
     *
     * @param source which container
     * @param changed told when the state has changed; from any thread
     */
    ContainerLog(
            Cluster cluster,
            LogStore store,
            History history,
            SourceState source,
            Runnable changed) {
        this.cluster = cluster;
        this.store = store;
        this.history = history;
        this.source = source;
        this.changed = changed;
        this.thread =
                Thread.ofVirtual()
                        .name("log-" + source.pod() + "-" + source.container())
                        .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    SourceState now() {
        return new SourceState(
                source.id(),
                source.namespace(),
                source.pod(),
                source.container(),
                source.previous(),
                phase,
                note,
                lines,
                gaps);
    }

    /** The pod says something new of the container. */
    void update(ContainerState latest) {
        lock.lock();
        try {
            state = latest;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        if (phase == Phase.WAITING && !note.equals(latest.reason())) {
            become(Phase.WAITING, latest.reason());
        }
    }

    /** The pod is gone: what is being read is read to its end. */
    void podGone() {
        lock.lock();
        try {
            podGone = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        retries.wake();
    }

    void retry() {
        retries.wake();
    }

    /** Stops reading until it is to go on, at the line where it was. */
    void pause(boolean stop) {
        InputStream in;
        lock.lock();
        try {
            paused = stop;
            in = stop ? open : null;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        if (in != null) {
            closeQuietly(in);
        }
        retries.wake();
    }

    /** Ends reading at once. */
    void close() {
        InputStream in;
        lock.lock();
        try {
            closed = true;
            in = open;
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        if (in != null) {
            closeQuietly(in);
        }
    }

    private void run() {
        try {
            String id = awaitLog();
            while (id != null) {
                if (read()) {
                    readToEnd = id;
                    retries.succeeded();
                }
                if (isSame(id)) {
                    settle();
                }
                id = awaitLog();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!closed) {
            become(Phase.ENDED, note);
        }
    }

    /** Waits for a container whose log has not been read to its end; null when none will come. */
    private @Nullable String awaitLog() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                boolean unread = !state.id().equals(readToEnd) || state.running();
                if (paused) {
                    news.await();
                    continue;
                }
                if (state.hasLog() && unread && !(podGone && !readToEnd.isEmpty())) {
                    return state.id();
                }
                if (podGone) {
                    return null;
                }
                if (!readToEnd.isEmpty()) {
                    become(Phase.ENDED, state.reason());
                }
                if (source.previous() && !readToEnd.isEmpty()) {
                    return null;
                }
                news.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isSame(String id) {
        lock.lock();
        try {
            return !closed && !paused && state.id().equals(id) && state.running();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The log has ended and the container is said to run: mostly the news of its end is under way;
     * else the server has cut the stream off and it is opened again.
     */
    private void settle() throws InterruptedException {
        if (!readToEnd.isEmpty() && phase != Phase.FAILED) {
            lock.lock();
            try {
                if (news.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } finally {
                lock.unlock();
            }
        }
        retries.await();
    }

    /** Whether the log was read to its end. */
    private boolean read() throws InterruptedException {
        try (InputStream in = cluster.stream(path(replay.reopen()))) {
            if (!keepOpen(in)) {
                return false;
            }
            become(Phase.FOLLOWING, "");
            copy(in);
            return !isPaused();
        } catch (RefusedException e) {
            failed(e);
            return e.code() == NOT_FOUND;
        } catch (IOException e) {
            failed(e);
            return false;
        } finally {
            open = null;
        }
    }

    private void failed(IOException e) throws InterruptedException {
        if (closed || isPaused()) {
            return;
        }
        boolean waiting = e instanceof RefusedException no && no.code() == BAD_REQUEST;
        become(waiting ? Phase.WAITING : Phase.FAILED, String.valueOf(e.getMessage()));
        retries.await();
    }

    private boolean isPaused() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    private boolean keepOpen(InputStream in) {
        lock.lock();
        try {
            open = in;
            return !closed && !paused;
        } finally {
            lock.unlock();
        }
    }

    private void copy(InputStream in) throws IOException {
        var reader = new LineReader(in, replay);
        var batch = new LineBatch();
        boolean more = true;
        while (more) {
            batch.clear();
            more = reader.read(batch);
            if (batch.size() > 0) {
                // Waits for the disk; meanwhile nothing is read, and the server waits as well.
                store.append(source.id(), batch);
                lines += batch.size();
                retries.succeeded();
            }
            if (replay.takeGap()) {
                gaps++;
                changed.run();
            }
        }
    }

    private void become(Phase next, String why) {
        phase = next;
        note = why;
        changed.run();
    }

    /** Parameters by name, as kubectl sends them. */
    private String path(boolean again) {
        String since =
                again
                        ? "sinceTime="
                                + ApiPaths.parameter(
                                        Timestamps.instant(replay.latest())
                                                .truncatedTo(ChronoUnit.SECONDS)
                                                .toString())
                                + "&"
                        : history.since();
        return "/api/v1/namespaces/"
                + source.namespace()
                + "/pods/"
                + source.pod()
                + "/log?container="
                + ApiPaths.parameter(source.container())
                + (source.previous() ? "&previous=true&" : "&follow=true&")
                + since
                + (again ? "" : history.tail())
                + "timestamps=true";
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // It is of no use any more.
            return;
        }
    }
}
