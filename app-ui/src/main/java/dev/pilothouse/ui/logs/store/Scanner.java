package dev.pilothouse.ui.logs.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings views up to what the store holds, on a thread of its own: those that were added first come
 * first, one step each in turn. Sleeps when there is nothing to do. Thread-safe.
 */
public final class Scanner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scanner.class);

    private final Runnable changed;
    private final Semaphore news = new Semaphore(0);
    private final List<LogView> views = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * For the views of a store.
     *
     * @param changed told on the thread of the scanner after views have grown
     */
    public Scanner(LogStore store, Runnable changed) {
        this.changed = changed;
        // A platform thread: regular expressions over millions of lines would hold up virtual ones.
        thread = Thread.ofPlatform().daemon().name("logs-scanner").unstarted(this::run);
        store.onAppend(this::wake);
        thread.start();
    }

    /** Keeps a view up to date. */
    public void add(LogView view) {
        synchronized (views) {
            views.add(view);
        }
        wake();
    }

    /** Leaves a view as it is. */
    public void remove(LogView view) {
        synchronized (views) {
            views.remove(view);
        }
    }

    private void wake() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    private void run() {
        try {
            while (!closed) {
                news.acquire();
                news.drainPermits();
                while (!closed && step()) {
                    changed.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException e) {
            // The store was closed, or its file cannot be read; the view says what it has.
            if (!closed) {
                LOG.warn("The lines of logs cannot be read", e);
            }
        }
    }

    private boolean step() throws IOException {
        List<LogView> all;
        synchronized (views) {
            all = List.copyOf(views);
        }
        boolean any = false;
        for (LogView view : all) {
            any |= view.step();
        }
        return any;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
