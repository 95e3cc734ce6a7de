package dev.pilothouse.server.scheduler.queue;

import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.Profile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The pods that wait for a node. Those that were refused wait until something happens of which a
 * plug-in that refused them says that it may help, but at most five minutes; then they wait for the
 * end of their back-off, unless nobody else waits. Thread-safe. Source:
 * pkg/scheduler/backend/queue.
 */
public final class SchedulingQueue {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration WAIT_CHECK = Duration.ofSeconds(30);

    private final Profile profile;
    private final Delays delays;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition available = lock.newCondition();
    private final TreeSet<QueuedPod> active = new TreeSet<>(QueuedPod.BY_PRIORITY);
    private final TreeSet<QueuedPod> backoff = new TreeSet<>(QueuedPod.BY_BACKOFF);
    private final RefusedPods refused = new RefusedPods();
    private final Map<String, QueuedPod> gated = new HashMap<>();

    /** Where each waiting pod is. */
    private final Map<String, QueuedPod> waiting = new HashMap<>();

    /** Pods that are being placed, and the number of the first event that they may have missed. */
    private final Map<String, Long> inFlight = new LinkedHashMap<>();

    private final Deque<ClusterEvent> events = new ArrayDeque<>();
    private long firstEvent;
    private long order;
    private boolean checking;
    private boolean closed;

    /** An empty queue; the profile's plug-ins say what helps whom. */
    public SchedulingQueue(Profile profile, Delays delays, InstantSource clock) {
        this.profile = profile;
        this.delays = delays;
        this.clock = clock;
    }

    /** A pod that needs a node. */
    public void add(PodInfo pod) {
        locked(() -> {
            if (!waiting.containsKey(pod.uid()) && !inFlight.containsKey(pod.uid())) {
                enter(new QueuedPod(pod, order++, clock.instant(), 0, Set.of(), false));
            }
        });
    }

    /** A pod that needs a node has changed. */
    public void update(PodInfo before, PodInfo pod) {
        locked(() -> {
            QueuedPod queued = waiting.get(pod.uid());
            if (queued == null) {
                if (!inFlight.containsKey(pod.uid())) {
                    enter(new QueuedPod(pod, order++, clock.instant(), 0, Set.of(), false));
                } else {
                    remember(new ClusterEvent.WaitingPodChanged(before, pod));
                }
                return;
            }
            boolean wasRefused = refused.contains(pod.uid());
            boolean wasActive = active.contains(queued);
            leave(queued);
            QueuedPod changed = queued.with(pod);
            if (isGated(changed)) {
                gate(changed);
            } else if (wasRefused && !helps(changed, before, pod)) {
                refuse(changed);
            } else if (wasActive) {
                activate(changed);
            } else {
                backOff(changed);
            }
        });
    }

    private boolean helps(QueuedPod queued, PodInfo before, PodInfo pod) {
        return isHelped(queued, new ClusterEvent.WaitingPodChanged(before, pod));
    }

    /** A pod needs no node any more. */
    public void delete(String uid) {
        locked(() -> {
            QueuedPod queued = waiting.get(uid);
            if (queued != null) {
                leave(queued);
            }
        });
    }

    /** Something has happened that may let pods through. */
    public void happened(ClusterEvent event) {
        locked(() -> {
            remember(event);
            for (QueuedPod queued : refused.groupsOf(each -> isHelped(each, event))) {
                leave(queued);
                backOff(queued);
            }
        });
    }

    /** Waits for the next pod, which is then being placed; null when the queue is closed. */
    public @Nullable QueuedPod take() {
        lock.lock();
        try {
            QueuedPod next = next();
            while (next == null && !closed) {
                available.awaitUninterruptibly();
                next = next();
            }
            if (closed || next == null) {
                return null;
            }
            leave(next);
            inFlight.put(next.uid(), firstEvent + events.size());
            return next.attempted();
        } finally {
            lock.unlock();
        }
    }

    /** A pod has been placed, or is of no interest any more. */
    public void done(String uid) {
        locked(() -> land(uid));
    }

    /**
     * No node was found for a pod.
     *
     * @param plugins who refused it
     */
    public void refused(QueuedPod queued, Set<String> plugins) {
        locked(() -> {
            QueuedPod back = queued.refused(clock.instant(), plugins, false);
            boolean helped = isHelpedByMissed(back);
            land(queued.uid());
            if (waiting.containsKey(queued.uid())) {
                return;
            }
            if (helped) {
                backOff(back);
            } else {
                refuse(back);
                check(LONGEST_WAIT);
            }
        });
    }

    /** Placing a pod has failed for a reason that may pass. */
    public void failed(QueuedPod queued) {
        locked(() -> {
            land(queued.uid());
            if (!waiting.containsKey(queued.uid())) {
                backOff(queued.refused(clock.instant(), Set.of(), true));
            }
        });
    }

    /** How many pods wait in all. */
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many pods are next, wait for their back-off, wait for an event, and are gated. */
    public Map<String, Integer> sizes() {
        lock.lock();
        try {
            return Map.of(
                    "active", active.size(),
                    "backoff", backoff.size(),
                    "unschedulable", refused.size(),
                    "gated", gated.size());
        } finally {
            lock.unlock();
        }
    }

    /** The pods that wait, in no order. */
    public Collection<PodInfo> pods() {
        lock.lock();
        try {
            return waiting.values().stream().map(QueuedPod::pod).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Gives no more pods. */
    public void close() {
        locked(() -> {
            closed = true;
            available.signalAll();
        });
    }

    private @Nullable QueuedPod next() {
        if (!active.isEmpty()) {
            return active.first();
        }
        // Nobody else waits, so there is nobody to be kept from the nodes by those who back off;
        // but what has failed is not tried all the time.
        for (QueuedPod queued : backoff) {
            if (!queued.failed()) {
                return queued;
            }
        }
        return null;
    }

    private void enter(QueuedPod queued) {
        if (isGated(queued)) {
            gate(queued);
        } else {
            activate(queued);
        }
    }

    private boolean isGated(QueuedPod queued) {
        return profile.gates().stream()
                .anyMatch(gate -> !gate.preEnqueue(queued.pod()).isSuccess());
    }

    private void activate(QueuedPod queued) {
        active.add(queued);
        waiting.put(queued.uid(), queued);
        available.signal();
    }

    private void backOff(QueuedPod queued) {
        Duration left = Duration.between(clock.instant(), queued.backoffEnds());
        if (!left.isPositive()) {
            activate(queued);
            return;
        }
        backoff.add(queued);
        waiting.put(queued.uid(), queued);
        available.signal();
        delays.after(left, () -> locked(this::endBackoffs));
    }

    private void endBackoffs() {
        Instant now = clock.instant();
        while (!backoff.isEmpty() && !backoff.first().backoffEnds().isAfter(now)) {
            QueuedPod queued = backoff.pollFirst();
            activate(queued);
        }
    }

    private void gate(QueuedPod queued) {
        gated.put(queued.uid(), queued);
        waiting.put(queued.uid(), queued);
    }

    private void refuse(QueuedPod queued) {
        refused.put(queued);
        waiting.put(queued.uid(), queued);
    }

    private void leave(QueuedPod queued) {
        waiting.remove(queued.uid());
        if (!refused.remove(queued.uid()) && gated.remove(queued.uid()) == null) {
            if (!active.remove(queued)) {
                backoff.remove(queued);
            }
        }
    }

    /** Refused pods do not wait for ever, should an event be missed that helps. */
    private void check(Duration delay) {
        if (!checking) {
            checking = true;
            delays.after(delay, () -> locked(this::endWaits));
        }
    }

    private void endWaits() {
        checking = false;
        Instant longAgo = clock.instant().minus(LONGEST_WAIT);
        for (QueuedPod queued : refused.all()) {
            if (!queued.since().isAfter(longAgo)) {
                leave(queued);
                backOff(queued);
            }
        }
        if (refused.size() > 0) {
            check(WAIT_CHECK);
        }
    }

    private boolean isHelped(QueuedPod queued, ClusterEvent event) {
        return queued.refusedBy().isEmpty()
                || profile.mayHelp(queued.refusedBy(), queued.pod(), event);
    }

    private boolean isHelpedByMissed(QueuedPod queued) {
        long since = inFlight.getOrDefault(queued.uid(), firstEvent + events.size());
        long number = firstEvent;
        for (ClusterEvent event : events) {
            if (number++ >= since && isHelped(queued, event)) {
                return true;
            }
        }
        return false;
    }

    private void remember(ClusterEvent event) {
        if (!inFlight.isEmpty()) {
            events.addLast(event);
        }
    }

    private void land(String uid) {
        Long start = inFlight.remove(uid);
        if (start == null) {
            return;
        }
        if (inFlight.isEmpty()) {
            firstEvent += events.size();
            events.clear();
        } else if (start == firstEvent) {
            // They were taken one after the other, so the first is the oldest.
            long oldest = inFlight.values().iterator().next();
            while (firstEvent < oldest && !events.isEmpty()) {
                events.removeFirst();
                firstEvent++;
            }
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
