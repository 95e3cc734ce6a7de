package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.kubelet.pod.StatusInput.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one pod, on a virtual thread of its own that sleeps until something happens: the pod
 * changes, a container ends, a probe speaks, a time comes. Thread-safe.
 */
public final class PodWorker {

    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PodServices services;
    private final PodSync sync;
    private final Runnable onEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private PodTree pod;
    private boolean awake = true;
    private boolean gone;
    private boolean stopped;
    private @Nullable Ended ended;
    private Instant alarm = Instant.MAX;

    /**
     * A worker that is not started.
     *
     * @param onEnd is called when nothing of the pod is left
     */
    public PodWorker(PodServices services, PodTree pod, Runnable onEnd) {
        this.services = services;
        this.pod = pod;
        this.onEnd = onEnd;
        this.sync = new PodSync(services, pod, this::wake);
    }

    /** Starts it, once. */
    public void start() {
        Thread.ofVirtual().name("pod " + pod.full()).start(this::work);
    }

    /** The pod has changed. */
    public void update(PodTree now) {
        lock.lock();
        try {
            pod = now;
            rouse();
        } finally {
            lock.unlock();
        }
    }

    /** The pod is gone from the API: nothing of it shall be left. */
    public void gone() {
        lock.lock();
        try {
            gone = true;
            rouse();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the pod before its time; the first call counts.
     *
     * @param reason one word, such as {@code Evicted}
     * @param disruption whether the node does it to help itself
     * @param graceSeconds how long its containers have to end, -1 for as long as the pod says
     */
    public void end(String reason, String message, boolean disruption, long graceSeconds) {
        lock.lock();
        try {
            if (ended == null && !pod.isTerminal()) {
                ended = new Ended(reason, message, disruption, graceSeconds);
                rouse();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Something has happened. */
    public void wake() {
        lock.lock();
        try {
            rouse();
        } finally {
            lock.unlock();
        }
    }

    /** Stops looking after the pod, whose containers go on running. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            rouse();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing of the pod runs any longer, nor will. */
    public boolean isOver() {
        return sync.isOver();
    }

    /** The pod as it was last seen. */
    public PodTree pod() {
        lock.lock();
        try {
            return pod;
        } finally {
            lock.unlock();
        }
    }

    /** What the runtime has of the pod, for sessions and logs. */
    public PodView view() {
        return sync.view();
    }

    private void rouse() {
        awake = true;
        woken.signalAll();
    }

    private void work() {
        try {
            boolean going = true;
            while (going && await()) {
                going = !attempt();
            }
        } finally {
            sync.close();
        }
        if (!isStopped()) {
            onEnd.run();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** One attempt; returns whether nothing is left to do for ever. */
    private boolean attempt() {
        PodTree now;
        boolean removed;
        Ended why;
        lock.lock();
        try {
            now = pod;
            removed = gone;
            why = ended;
        } finally {
            lock.unlock();
        }
        try {
            PodSync.Outcome outcome = removed ? sync.remove(now) : sync.sync(now, why);
            if (outcome.finished()) {
                return true;
            }
            deadline(now);
            wakeAt(outcome.wakeAt());
        } catch (ApiException | TransportException e) {
            LOG.debug("pod {}: {}", now.full(), e.getMessage());
            wakeAt(services.clock().instant().plus(RETRY));
        } catch (RuntimeException e) {
            LOG.error("pod {} could not be looked after", now.full(), e);
            wakeAt(services.clock().instant().plus(RETRY.multipliedBy(10)));
        }
        return false;
    }

    /** Source: the kubelet's active deadline handler. */
    private void deadline(PodTree now) {
        long seconds = Json.number(now.tree(), -1, "spec", "activeDeadlineSeconds");
        String start = Json.text(now.tree(), "status", "startTime");
        if (seconds < 0 || start.isEmpty() || now.isTerminal()) {
            return;
        }
        Instant until = Instant.parse(start).plusSeconds(seconds);
        if (services.clock().instant().isBefore(until)) {
            wakeAt(until);
            return;
        }
        String message = "Pod was active on the node longer than the specified deadline";
        lock.lock();
        try {
            if (ended == null) {
                services.events().normal(now.reference(), "DeadlineExceeded", message);
            }
        } finally {
            lock.unlock();
        }
        end("DeadlineExceeded", message, false, -1);
    }

    private void wakeAt(@Nullable Instant when) {
        if (when == null) {
            return;
        }
        Instant now = services.clock().instant();
        lock.lock();
        try {
            // An alarm that has gone off counts no longer.
            if (!alarm.isAfter(now)) {
                alarm = Instant.MAX;
            }
            if (!when.isBefore(alarm)) {
                return;
            }
            alarm = when;
        } finally {
            lock.unlock();
        }
        Duration delay = Duration.between(now, when);
        services.delays().after(delay.isNegative() ? Duration.ZERO : delay, this::wake);
    }

    /** Waits until something has happened; false when it is stopped. */
    private boolean await() {
        lock.lock();
        try {
            while (!awake && !stopped) {
                woken.awaitUninterruptibly();
            }
            awake = false;
            return !stopped;
        } finally {
            lock.unlock();
        }
    }
}
