package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.framework.Profile.WeightedScore;
import dev.pilothouse.server.scheduler.framework.ScorePlugin;
import java.util.ArrayList;
import java.util.List;

/** The scores of all plug-ins for one shape of pods. Used by one thread at a time. */
public final class Ratings {

    private final List<Rating> all = new ArrayList<>();
    private final List<ScorePlugin> silent = new ArrayList<>();

    /**
     * One plug-in's scores.
     *
     * @param plugin its name
     * @param scorer rates nodes
     * @param weight how much it counts
     */
    public record Rating(String plugin, NodeScorer scorer, int weight) {}

    /** Lets all plug-ins look at a pod and the nodes. */
    public Ratings(Profile profile, PodInfo pod, Snapshot snapshot) {
        for (WeightedScore score : profile.scores()) {
            NodeScorer scorer = score.plugin().scorer(pod, snapshot);
            if (scorer == null) {
                silent.add(score.plugin());
            } else {
                all.add(new Rating(score.plugin().name(), scorer, score.weight()));
            }
        }
    }

    /** Those that have a preference. */
    public List<Rating> all() {
        return all;
    }

    /** A pod has come to or left a node; false when the ratings cannot follow that. */
    boolean podChanged(PodInfo pod, NodeInfo node, boolean added) {
        for (Rating rating : all) {
            if (added) {
                rating.scorer().podAdded(pod, node);
            } else {
                rating.scorer().podRemoved(pod, node);
            }
        }
        for (ScorePlugin plugin : silent) {
            if (!plugin.staysOut(pod)) {
                return false;
            }
        }
        return true;
    }
}
