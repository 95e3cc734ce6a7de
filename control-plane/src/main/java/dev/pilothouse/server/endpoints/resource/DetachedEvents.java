package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.request.EventSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch whose events take long to make, because a webhook converts them: a virtual thread makes
 * them ahead, a few at a time, so that no thread of a connection waits. When the client is slow the
 * thread waits, and the watch fills up and ends as any other.
 */
final class DetachedEvents implements EventSource {

    private static final Logger LOG = LoggerFactory.getLogger(DetachedEvents.class);
    private static final int AHEAD = 64;

    private final EventSource events;
    private final FrameEncoder frames;
    private final Semaphore work = new Semaphore(1);
    private final Queue<Frame> ready = new ArrayDeque<>();
    private final Thread thread;
    private boolean finished;
    private @Nullable Runnable wakeup;

    DetachedEvents(EventSource events, FrameEncoder frames) {
        this.events = events;
        this.frames = frames;
        this.thread = Thread.ofVirtual().name("converted-watch").unstarted(this::run);
        thread.start();
    }

    private void run() {
        events.onAvailable(work::release);
        try {
            while (true) {
                work.acquire();
                work.drainPermits();
                if (!take()) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            // The client has gone.
        } catch (RuntimeException e) {
            LOG.error("a watch failed", e);
            add(
                    List.of(
                            frames.error(
                                    Status.failure(
                                            StatusReason.INTERNAL_ERROR,
                                            "Internal error occurred: " + e.getMessage(),
                                            null))));
        } finally {
            finish();
        }
    }

    /** Takes all there is; false when there will be no more. */
    private boolean take() throws InterruptedException {
        while (true) {
            awaitRoom();
            List<Frame> batch = events.poll(AHEAD);
            add(batch);
            if (events.ended() && batch.isEmpty()) {
                return false;
            }
            if (batch.isEmpty()) {
                return true;
            }
        }
    }

    private synchronized void awaitRoom() throws InterruptedException {
        while (ready.size() >= AHEAD) {
            wait();
        }
    }

    private void add(List<Frame> batch) {
        synchronized (this) {
            ready.addAll(batch);
        }
        if (!batch.isEmpty()) {
            wake();
        }
    }

    private void finish() {
        synchronized (this) {
            finished = true;
        }
        wake();
    }

    private void wake() {
        Runnable current;
        synchronized (this) {
            current = wakeup;
        }
        if (current != null) {
            current.run();
        }
    }

    @Override
    public synchronized List<Frame> poll(int max) {
        List<Frame> batch = new ArrayList<>();
        while (batch.size() < max && !ready.isEmpty()) {
            batch.add(ready.remove());
        }
        notifyAll();
        return batch;
    }

    @Override
    public synchronized boolean ended() {
        return finished && ready.isEmpty();
    }

    @Override
    public void onAvailable(@Nullable Runnable newWakeup) {
        boolean something;
        synchronized (this) {
            wakeup = newWakeup;
            something = finished || !ready.isEmpty();
        }
        if (newWakeup != null && something) {
            newWakeup.run();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            wakeup = null;
        }
        thread.interrupt();
        events.close();
    }
}
