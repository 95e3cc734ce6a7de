package dev.pilothouse.server.scheduler.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodAffinity;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of pods that care about others is what looking at every pod gives. */
class AffinityCountsTest {

    private static final int STEPS = 500;
    private static final int LOOKED_AT = 5;

    private final List<Snapshot> seen = new ArrayList<>();

    /** The labels of namespaces, which change. */
    private final Map<String, String> teams = new TreeMap<>(Map.of("ns-0", "t1", "ns-1", "t2"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void countsAsLookingAtEveryPodDoes(long seed) {
        Random random = new Random(seed);
        RandomCluster cluster = new RandomCluster(random);
        AffinityCounts known = new AffinityCounts(this::labels);
        int told = 0;
        for (int step = 0; step < STEPS; step++) {
            cluster.change();
            if (random.nextInt(50) == 0) {
                teams.put("ns-" + random.nextInt(2), "t" + random.nextInt(3));
            }
            seen.add(cluster.snapshot());
            Snapshot snapshot =
                    random.nextInt(4) == 0
                            ? seen.get(random.nextInt(seen.size()))
                            : cluster.snapshot();
            PodShape pod = cluster.pod("asks").shape();
            AffinityFilter filter = AffinityFilter.of(pod, known, snapshot);
            AffinityScorer scorer = AffinityScorer.of(pod, known, snapshot);
            for (int i = 0; i < LOOKED_AT && snapshot.size() > 0; i++) {
                NodeInfo node = snapshot.at(random.nextInt(snapshot.size()));
                assertEquals(refusal(pod, node.node(), snapshot), reason(filter, node));
                long score = score(pod, node.node(), snapshot);
                assertEquals(score, scorer.score(node));
                told += score == 0 ? 0 : 1;
            }
        }
        assertTrue(told > STEPS / 2, "hardly any node was rated");
    }

    private Map<String, String> labels(String namespace) {
        return Map.of("team", teams.getOrDefault(namespace, ""));
    }

    private static String reason(AffinityFilter filter, NodeInfo node) {
        var status = filter.check(node);
        return status.isSuccess() ? "" : status.reasons().getFirst();
    }

    private boolean matches(AffinityTerm term, PodShape pod) {
        return term.matches(pod, this::labels);
    }

    private static boolean together(AffinityTerm term, Node one, Node other) {
        String domain = one.labels().get(term.topologyKey());
        return domain != null && domain.equals(other.labels().get(term.topologyKey()));
    }

    /** Kubernetes' rules, pod by pod. */
    private String refusal(PodShape pod, Node node, Snapshot snapshot) {
        List<AffinityTerm> required = pod.affinity().required();
        boolean anyLike = false;
        boolean near = true;
        for (AffinityTerm term : required) {
            if (!node.labels().containsKey(term.topologyKey())) {
                return "node(s) didn't match pod affinity rules";
            }
            boolean found = false;
            for (NodeInfo other : snapshot.nodes()) {
                for (PodInfo each : other.pods()) {
                    if (required.stream().allMatch(all -> matches(all, each.shape()))) {
                        anyLike |= other.node().labels().containsKey(term.topologyKey());
                        found |= together(term, node, other.node());
                    }
                }
            }
            near &= found;
        }
        boolean first = !anyLike && required.stream().allMatch(term -> matches(term, pod));
        if (!near && !first) {
            return "node(s) didn't match pod affinity rules";
        }
        for (NodeInfo other : snapshot.nodes()) {
            for (PodInfo each : other.pods()) {
                for (AffinityTerm term : pod.affinity().requiredAnti()) {
                    if (matches(term, each.shape()) && together(term, node, other.node())) {
                        return "node(s) didn't match pod anti-affinity rules";
                    }
                }
            }
        }
        for (NodeInfo other : snapshot.nodes()) {
            for (PodInfo each : other.pods()) {
                for (AffinityTerm term : each.shape().affinity().requiredAnti()) {
                    if (matches(term, pod) && together(term, node, other.node())) {
                        return "node(s) didn't satisfy existing pods anti-affinity rules";
                    }
                }
            }
        }
        return "";
    }

    private long score(PodShape pod, Node node, Snapshot snapshot) {
        long score = 0;
        for (NodeInfo other : snapshot.nodes()) {
            for (PodInfo each : other.pods()) {
                PodAffinity theirs = each.shape().affinity();
                score += sum(pod.affinity().preferred(), each.shape(), node, other.node());
                score -= sum(pod.affinity().preferredAnti(), each.shape(), node, other.node());
                score += sum(theirs.preferred(), pod, node, other.node());
                score -= sum(theirs.preferredAnti(), pod, node, other.node());
                for (AffinityTerm term : theirs.required()) {
                    score += matches(term, pod) && together(term, node, other.node()) ? 1 : 0;
                }
            }
        }
        return score;
    }

    private long sum(List<AffinityTerm> terms, PodShape meant, Node node, Node other) {
        long sum = 0;
        for (AffinityTerm term : terms) {
            sum += matches(term, meant) && together(term, node, other) ? term.weight() : 0;
        }
        return sum;
    }
}
