package dev.pilothouse.server.scheduler.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.placement.Placement;
import dev.pilothouse.server.scheduler.placement.Placer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts that follow the cluster are those that counting anew gives, and so are the decisions. */
class SpreadCountsTest {

    private static final int STEPS = 1_500;

    private final List<Snapshot> seen = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void countsAsCountingAnewDoes(long seed) {
        Random random = new Random(seed);
        RandomCluster cluster = new RandomCluster(random);
        GroupCounts counts = new GroupCounts();
        for (int step = 0; step < STEPS; step++) {
            cluster.change();
            seen.add(cluster.snapshot());
            // Questions about earlier states come from those who look at a decision again.
            Snapshot snapshot =
                    random.nextInt(4) == 0
                            ? seen.get(random.nextInt(seen.size()))
                            : cluster.snapshot();
            PodInfo pod = cluster.pod("asks");
            for (SpreadConstraint constraint : pod.shape().spread()) {
                Domains domains =
                        Domains.of(
                                pod.shape(),
                                constraint,
                                random.nextBoolean() ? pod.shape().spread() : List.of(constraint));
                assertEquals(
                        plainlyInDomains(pod, constraint, domains, snapshot),
                        new TreeMap<>(counts.inDomains(pod.shape(), constraint, domains, snapshot)),
                        () -> "domains of " + constraint);
                assertEquals(
                        plainlyOnNodes(pod, constraint, snapshot),
                        named(counts.onNodes(pod.shape(), constraint, snapshot), snapshot),
                        () -> "nodes of " + constraint);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void choosesAsWithoutMemory(long seed) {
        Random random = new Random(seed);
        RandomCluster cluster = new RandomCluster(random);
        Profile remembers = profile();
        Placer kept = new Placer(remembers, new Nominations(), new Random(seed));
        int found = 0;
        for (int step = 0; step < 400; step++) {
            cluster.change();
            PodInfo pod = cluster.pod();
            Snapshot snapshot = cluster.snapshot();
            long luck = random.nextLong();
            Placement with =
                    new Placer(remembers, new Nominations(), new Random(luck)).place(pod, snapshot);
            Placement without =
                    new Placer(profile(), new Nominations(), new Random(luck)).place(pod, snapshot);
            assertEquals(told(without), told(with));
            if (kept.place(pod, snapshot) instanceof Placement.Found at) {
                cluster.assume(pod.on(at.node()));
                found++;
            }
        }
        assertEquals(true, found > 100, () -> "too few pods were placed to say anything");
    }

    private static String told(Placement placement) {
        return switch (placement) {
            case Placement.Found found -> found.toString();
            case Placement.None none -> none.diagnosis().message();
        };
    }

    private static Profile profile() {
        return TestProfiles.of(
                pod ->
                        pod.labels().containsKey("app")
                                ? LabelSelector.ofMap(Map.of("app", pod.labels().get("app")))
                                : LabelSelector.EVERYTHING,
                _ -> Map.of());
    }

    /** Kubernetes' rule, pod by pod. */
    private static Map<String, Integer> plainlyInDomains(
            PodInfo pod, SpreadConstraint constraint, Domains domains, Snapshot snapshot) {
        Map<String, Integer> counts = new TreeMap<>();
        for (NodeInfo info : snapshot.nodes()) {
            Node node = info.node();
            boolean counted =
                    node.labels().containsKey(constraint.topologyKey())
                            && node.labels().keySet().containsAll(domains.others())
                            && (!constraint.honorAffinity() || pod.shape().nodes().accepts(node))
                            && (!constraint.honorTaints()
                                    || node.taints().stream()
                                            .allMatch(taint ->
                                                    !taint.repels()
                                                            || pod.shape().tolerates(taint)));
            if (counted) {
                counts.merge(
                        node.labels().get(constraint.topologyKey()),
                        plainly(pod, constraint, info),
                        Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Integer> plainlyOnNodes(
            PodInfo pod, SpreadConstraint constraint, Snapshot snapshot) {
        Map<String, Integer> counts = new HashMap<>();
        snapshot.nodes().forEach(info -> counts.put(info.name(), plainly(pod, constraint, info)));
        return counts;
    }

    private static int plainly(PodInfo pod, SpreadConstraint constraint, NodeInfo info) {
        return (int)
                info.pods().stream()
                        .filter(other ->
                                other.state() == PodInfo.State.ACTIVE
                                        && other.namespace().equals(pod.namespace())
                                        && constraint.counts(other.shape()))
                        .count();
    }

    private static Map<String, Integer> named(int[] counts, Snapshot snapshot) {
        Map<String, Integer> named = new HashMap<>();
        for (int i = 0; i < counts.length; i++) {
            named.put(snapshot.at(i).name(), counts[i]);
        }
        return named;
    }
}
