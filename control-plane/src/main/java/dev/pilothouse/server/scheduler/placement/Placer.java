package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.Profile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds nodes for pods. What it has learned about a shape of pods is kept for the next pod of that
 * shape; that changes how long it takes, not what comes out. Used by one thread at a time but for
 * {@link #forget}.
 */
public final class Placer {

    /** Pods of so many templates may take turns without what is known about them being lost. */
    private static final int KEPT_SHAPES = 32;

    private final Profile profile;
    private final Nominations nominations;
    private final RandomGenerator random;
    private final Deque<Evaluation> known = new ArrayDeque<>();
    private final AtomicLong epoch = new AtomicLong();
    private long seenEpoch;
    private int start;

    /**
     * A placer that has learned nothing.
     *
     * @param nominations where room is being made
     * @param random chooses among equally good nodes
     */
    public Placer(Profile profile, Nominations nominations, RandomGenerator random) {
        this.profile = profile;
        this.nominations = nominations;
        this.random = random;
    }

    /** Something other than nodes and their pods has changed: what was learned may be wrong. */
    public void forget() {
        epoch.incrementAndGet();
    }

    /** Finds a node for a pod. */
    public Placement place(PodInfo pod, Snapshot snapshot) {
        if (snapshot.size() == 0) {
            return new Placement.None(Diagnosis.of(0, List.of()), List.of());
        }
        long now = epoch.get();
        if (now != seenEpoch) {
            known.clear();
            seenEpoch = now;
        }
        Evaluation evaluation = take(pod.shape(), snapshot);
        if (evaluation == null) {
            evaluation = new Evaluation(profile, pod, snapshot, nominations);
        }
        Placement placement = evaluation.place(pod, start, random);
        start = (start + evaluation.takeExamined()) % snapshot.size();
        if (evaluation.isReusable()) {
            known.addFirst(evaluation);
            if (known.size() > KEPT_SHAPES) {
                known.removeLast();
            }
        }
        return placement;
    }

    /** The filters for a pod, which the caller may change. */
    public Checks checks(PodInfo pod, Snapshot snapshot) {
        return Checks.of(profile, pod, snapshot);
    }

    private @Nullable Evaluation take(PodShape shape, Snapshot snapshot) {
        for (Iterator<Evaluation> each = known.iterator(); each.hasNext(); ) {
            Evaluation evaluation = each.next();
            if (isSame(evaluation.shape(), shape)) {
                each.remove();
                return evaluation.follow(snapshot) ? evaluation : null;
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // pods of one shape share its object
    private static boolean isSame(PodShape one, PodShape other) {
        return one == other;
    }
}
