package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.NodeFilter.Scope;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.framework.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one shape of pods: its filters, what nodes were told, and the nodes that can
 * take such a pod. Follows the cluster from snapshot to snapshot, so that the next pod of the shape
 * costs little more than looking at the nodes that have changed. Used by one thread at a time.
 */
final class Evaluation {

    /** With fewer nodes than this all are looked at. Source: scheduler minFeasibleNodesToFind. */
    private static final int LEAST_FEASIBLE = 100;

    private static final int LEAST_PERCENTAGE = 5;

    /**
     * A sample of nodes is used for so many pods for each of its nodes before the next is taken.
     */
    private static final int REUSE_SHARE = 4;

    private final Profile profile;
    private final PodShape shape;
    private final Checks checks;
    private final Nominations nominations;
    private Snapshot snapshot;
    private @Nullable Status @Nullable [] statuses;
    private @Nullable Ratings ratings;
    private @Nullable Candidates candidates;
    private long nominationsSeen;
    private boolean complete;
    private int examined;
    private int advance;
    private int uses;
    private boolean lost;

    Evaluation(Profile profile, PodInfo pod, Snapshot snapshot, Nominations nominations) {
        this.profile = profile;
        this.shape = pod.shape();
        this.snapshot = snapshot;
        this.nominations = nominations;
        this.checks = Checks.of(profile, pod, snapshot);
    }

    PodShape shape() {
        return shape;
    }

    Checks checks() {
        return checks;
    }

    /** Whether it can be kept for the next pod of the shape. */
    boolean isReusable() {
        return checks.scope() != Scope.MORE && checks.rejection() == null;
    }

    /** Goes on to a later snapshot; false when that is more than it can follow. */
    boolean follow(Snapshot now) {
        if (!now.sameNodes(snapshot)) {
            return false;
        }
        lost = false;
        now.differences(snapshot, this::change);
        snapshot = now;
        return !lost;
    }

    private void change(int position, NodeInfo before, NodeInfo now) {
        if (lost || !before.node().equals(now.node())) {
            lost = true;
            return;
        }
        now.changes(before, pod -> podChanged(pod, now, false), pod -> podChanged(pod, now, true));
        if (checks.scope() == Scope.NODE && statuses != null) {
            recheck(position, now);
        }
    }

    private void podChanged(PodInfo pod, NodeInfo node, boolean added) {
        boolean follows = added ? checks.podAdded(pod, node) : checks.podRemoved(pod, node);
        if (ratings != null) {
            follows &= ratings.podChanged(pod, node, added);
        }
        lost |= !follows;
    }

    /** Only nodes that have been looked at are looked at again. */
    private void recheck(int position, NodeInfo now) {
        @Nullable Status[] known = statuses;
        if (known == null || known[position] == null) {
            return;
        }
        Status status = checks.check(now);
        boolean was = candidates != null && candidates.has(position);
        known[position] = status;
        if (was && candidates != null) {
            if (status.isSuccess()) {
                candidates.replace(position, now);
            } else {
                candidates.remove(position);
            }
        } else if (status.isSuccess()) {
            // One more node: rated with all others when the next pod comes.
            statuses = null;
            candidates = null;
        }
    }

    /** Finds a node for a pod of the shape. */
    Placement place(PodInfo pod, int start, RandomGenerator random) {
        Status rejection = checks.rejection();
        if (rejection != null) {
            return new Placement.None(Diagnosis.rejected(snapshot.size(), rejection), List.of());
        }
        String nominated = pod.nominatedNode();
        if (!nominated.isEmpty() && fitsNominated(pod, nominated)) {
            return new Placement.Found(nominated, 1, 1, 0);
        }
        boolean fresh = !isUsable();
        if (fresh) {
            search(pod, start);
        }
        Candidates found = candidates;
        if (found == null || found.size() == 0) {
            if (!fresh && !complete) {
                search(pod, start);
                found = candidates;
            }
            if (found == null || found.size() == 0) {
                return none();
            }
        }
        uses++;
        Candidates.Choice choice = found.best(random);
        return new Placement.Found(choice.node().name(), examined, found.size(), choice.score());
    }

    /** How many nodes were looked at since the last call: the next search starts behind them. */
    int takeExamined() {
        int taken = advance;
        advance = 0;
        return taken;
    }

    private boolean fitsNominated(PodInfo pod, String name) {
        NodeInfo node = snapshot.find(name);
        return node != null
                && (checks.names() == null || checks.names().contains(name))
                && checks.check(pod, node, nominations).isSuccess();
    }

    private boolean isUsable() {
        Candidates known = candidates;
        return checks.scope() == Scope.NODE
                && statuses != null
                && nominationsSeen == nominations.version()
                && (complete || (known != null && uses * REUSE_SHARE < known.size()));
    }

    private void search(PodInfo pod, int start) {
        int size = snapshot.size();
        @Nullable Status[] told = new @Nullable Status[size];
        List<NodeInfo> feasible = new ArrayList<>();
        int[] positions = new int[Math.min(size, 16)];
        int wanted = wanted(size);
        int looked = 0;
        while (looked < size && feasible.size() < wanted) {
            int position = (start + looked++) % size;
            NodeInfo node = snapshot.at(position);
            Status status =
                    checks.names() != null && !checks.names().contains(node.name())
                            ? checks.elsewhere()
                            : checks.check(pod, node, nominations);
            told[position] = status;
            if (status.isSuccess()) {
                if (feasible.size() == positions.length) {
                    positions = Arrays.copyOf(positions, 2 * positions.length);
                }
                positions[feasible.size()] = position;
                feasible.add(node);
            }
        }
        statuses = told;
        examined = looked;
        advance = looked;
        complete = looked == size;
        uses = 0;
        nominationsSeen = nominations.version();
        candidates = feasible.isEmpty() ? null : rated(pod, feasible, positions);
    }

    private Candidates rated(PodInfo pod, List<NodeInfo> feasible, int[] positions) {
        Ratings known = ratings;
        if (known == null) {
            known = new Ratings(profile, pod, snapshot);
            ratings = known;
        }
        return new Candidates(known, snapshot.size(), feasible, positions);
    }

    private Placement none() {
        List<Status> told = new ArrayList<>(snapshot.size());
        @Nullable Status[] known = statuses;
        for (int i = 0; known != null && i < known.length; i++) {
            Status status = known[i];
            told.add(status == null ? Status.SUCCESS : status);
        }
        return new Placement.None(Diagnosis.of(snapshot.size(), told), told);
    }

    /** How many nodes are enough. Source: numFeasibleNodesToFind. */
    static int wanted(int nodes) {
        if (nodes < LEAST_FEASIBLE) {
            return nodes;
        }
        int percentage = Math.max(LEAST_PERCENTAGE, 50 - nodes / 125);
        return Math.max(LEAST_FEASIBLE, nodes * percentage / 100);
    }
}
