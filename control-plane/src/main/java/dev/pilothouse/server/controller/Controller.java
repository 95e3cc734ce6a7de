package dev.pilothouse.server.controller;

import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that reconcile the keys of a queue.
 *
 * @param <K> names what is worked on
 */
public final class Controller<K> implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final String name;
    private final int workers;
    private final WorkQueue<K> queue;
    private final Reconciler<K> reconciler;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * A controller that is not started; its queue takes keys at once.
     *
     * @param name for logs and threads
     * @param workers how many keys are worked on at once
     */
    public Controller(String name, int workers, WorkQueue<K> queue, Reconciler<K> reconciler) {
        this.name = name;
        this.workers = workers;
        this.queue = queue;
        this.reconciler = reconciler;
    }

    @Override
    public void start() {
        if (started.compareAndSet(false, true)) {
            for (int i = 0; i < workers; i++) {
                Thread.ofVirtual().name(name + "-" + i).start(this::work);
            }
        }
    }

    @Override
    public void close() {
        queue.close();
    }

    private void work() {
        for (K key = queue.take(); key != null; key = queue.take()) {
            try {
                settle(key, attempt(key));
            } finally {
                queue.done(key);
            }
        }
    }

    private void settle(K key, Result result) {
        switch (result) {
            case Result.Done() -> queue.forget(key);
            case Result.RequeueAfter(var delay) -> {
                queue.forget(key);
                queue.addAfter(key, delay);
            }
            case Result.Retry(String why) -> {
                LOG.debug("{}: {} will be tried again: {}", name, key, why);
                queue.addRateLimited(key);
            }
        }
    }

    private Result attempt(K key) {
        try {
            return reconciler.reconcile(key);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.CONFLICT) {
                LOG.warn("{}: {} failed: {}", name, key, e.getMessage());
            }
            return new Result.Retry(e.status().message());
        } catch (TransportException e) {
            LOG.warn("{}: {} failed: {}", name, key, e.getMessage());
            return new Result.Retry(e.toString());
        } catch (RuntimeException e) {
            LOG.error("{}: {} failed", name, key, e);
            return new Result.Retry(e.toString());
        }
    }
}
