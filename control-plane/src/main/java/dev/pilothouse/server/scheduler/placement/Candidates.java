package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The nodes that can take pods of one shape, and how they are rated. Ratings that follow from a
 * node alone are kept until the node changes. Used by one thread at a time.
 */
final class Candidates {

    private final NodeInfo[] nodes;
    private final int[] positions;
    private final int[] indexes;
    private final NodeScorer[] scorers;
    private final int[] weights;
    private final boolean[] local;
    private final long[][] raw;
    private final long[] scratch;
    private final long[] totals;
    private int count;

    /**
     * The choice among some nodes.
     *
     * @param node the best
     * @param score its rating
     */
    record Choice(NodeInfo node, long score) {}

    /**
     * These nodes.
     *
     * @param size how many nodes there are in all
     * @param feasible those that can take the pod
     * @param positions where they are among all nodes; may be longer
     */
    Candidates(Ratings ratings, int size, List<NodeInfo> feasible, int[] positions) {
        this.count = feasible.size();
        this.nodes = feasible.toArray(NodeInfo[]::new);
        this.positions = positions;
        this.indexes = new int[size];
        Arrays.fill(indexes, -1);
        for (int i = 0; i < count; i++) {
            indexes[positions[i]] = i;
        }
        int plugins = ratings.all().size();
        this.scorers = new NodeScorer[plugins];
        this.weights = new int[plugins];
        this.local = new boolean[plugins];
        this.raw = new long[plugins][count];
        this.scratch = new long[count];
        this.totals = new long[count];
        for (int p = 0; p < plugins; p++) {
            Ratings.Rating rating = ratings.all().get(p);
            scorers[p] = rating.scorer();
            weights[p] = rating.weight();
            local[p] = scorers[p].isLocal();
            scorers[p].feasible(feasible);
        }
        for (int i = 0; i < count; i++) {
            rate(i);
        }
    }

    private void rate(int index) {
        for (int p = 0; p < scorers.length; p++) {
            if (local[p]) {
                raw[p][index] = scorers[p].score(nodes[index]);
            }
        }
    }

    int size() {
        return count;
    }

    /** Whether the node at a position is among them. */
    boolean has(int position) {
        return indexes[position] >= 0;
    }

    /** The node at a position has changed and can still take the pod. */
    void replace(int position, NodeInfo node) {
        int index = indexes[position];
        nodes[index] = node;
        rate(index);
    }

    /** The node at a position cannot take the pod any more; the last one takes its place. */
    void remove(int position) {
        int index = indexes[position];
        indexes[position] = -1;
        count--;
        if (index != count) {
            nodes[index] = nodes[count];
            positions[index] = positions[count];
            indexes[positions[index]] = index;
            for (long[] scores : raw) {
                scores[index] = scores[count];
            }
        }
    }

    /** The best; of several equally good ones any. There must be one. */
    Choice best(RandomGenerator random) {
        if (count == 1) {
            return new Choice(nodes[0], 0);
        }
        Arrays.fill(totals, 0, count, 0);
        for (int p = 0; p < scorers.length; p++) {
            NodeScorer scorer = scorers[p];
            if (local[p]) {
                System.arraycopy(raw[p], 0, scratch, 0, count);
            } else {
                for (int i = 0; i < count; i++) {
                    scratch[i] = scorer.score(nodes[i]);
                }
            }
            scorer.normalize(scratch, count);
            for (int i = 0; i < count; i++) {
                totals[i] += scratch[i] * weights[p];
            }
        }
        int best = 0;
        int equal = 1;
        for (int i = 1; i < count; i++) {
            if (totals[i] > totals[best]) {
                best = i;
                equal = 1;
            } else if (totals[i] == totals[best] && random.nextInt(++equal) == 0) {
                best = i;
            }
        }
        return new Choice(nodes[best], totals[best]);
    }
}
