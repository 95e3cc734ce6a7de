package dev.pilothouse.server.scheduler.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.TestCluster;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.NodeReader;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
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

    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int STEPS = 1_500;

    private final ClusterCache cache = new ClusterCache();
    private final PodReader reader = new PodReader();
    private final List<PodInfo> placed = new ArrayList<>();
    private final List<Snapshot> seen = new ArrayList<>();
    private int names;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void countsAsCountingAnewDoes(long seed) {
        Random random = new Random(seed);
        SpreadCounts counts = new SpreadCounts();
        for (int step = 0; step < STEPS; step++) {
            change(random);
            seen.add(cache.snapshot());
            // Questions about earlier states come from those who look at a decision again.
            Snapshot snapshot =
                    random.nextInt(4) == 0
                            ? seen.get(random.nextInt(seen.size()))
                            : cache.snapshot();
            PodInfo pod = reader.read(TestCluster.json(podJson("asks", random)));
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
        Profile remembers = profile();
        Placer kept = new Placer(remembers, new Nominations(), new Random(seed));
        int found = 0;
        for (int step = 0; step < 400; step++) {
            change(random);
            PodInfo pod = reader.read(TestCluster.json(podJson("pod-" + names++, random)));
            Snapshot snapshot = cache.snapshot();
            long luck = random.nextLong();
            Placement with =
                    new Placer(remembers, new Nominations(), new Random(luck)).place(pod, snapshot);
            Placement without =
                    new Placer(profile(), new Nominations(), new Random(luck)).place(pod, snapshot);
            assertEquals(told(without), told(with));
            if (kept.place(pod, snapshot) instanceof Placement.Found at) {
                PodInfo there = pod.on(at.node());
                cache.assume(there);
                placed.add(there);
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

    /** Nodes and pods come, go and change. */
    private void change(Random random) {
        int size = cache.snapshot().size();
        switch (random.nextInt(12)) {
            case 0 -> cache.putNode(node("node-" + random.nextInt(30), random));
            case 1 -> {
                if (size > 8) {
                    cache.removeNode(cache.snapshot().at(random.nextInt(size)).name());
                }
            }
            case 2, 3 -> {
                if (!placed.isEmpty()) {
                    PodInfo gone = placed.remove(random.nextInt(placed.size()));
                    cache.removePod(gone.uid());
                }
            }
            case 4, 5 -> {
                if (!placed.isEmpty()) {
                    changePod(random.nextInt(placed.size()), random);
                }
            }
            default -> {
                String name = "pod-" + names++;
                PodInfo pod =
                        reader.read(TestCluster.json(podJson(name, random)))
                                .on("node-" + random.nextInt(30));
                cache.putPod(pod);
                placed.add(pod);
            }
        }
    }

    private void changePod(int index, Random random) {
        PodInfo before = placed.get(index);
        PodInfo.State[] states = PodInfo.State.values();
        PodInfo shaped =
                random.nextBoolean()
                        ? before
                        : before.shaped(
                                reader.read(TestCluster.json(podJson(before.name(), random)))
                                        .shape());
        PodInfo after =
                new PodInfo(
                        shaped.shape(),
                        shaped.name(),
                        shaped.uid(),
                        shaped.node(),
                        "",
                        shaped.scheduler(),
                        List.of(),
                        states[random.nextInt(states.length)],
                        false,
                        0);
        placed.set(index, after);
        cache.putPod(after);
    }

    private static Node node(String name, Random random) {
        StringBuilder labels = new StringBuilder("'kubernetes.io/hostname':'" + name + "'");
        if (random.nextInt(5) > 0) {
            labels.append(",'" + ZONE + "':'zone-" + random.nextInt(3) + "'");
        }
        if (random.nextInt(3) > 0) {
            labels.append(",'disk':'" + (random.nextBoolean() ? "ssd" : "hdd") + "'");
        }
        String taints =
                random.nextInt(4) == 0
                        ? "'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]"
                        : "";
        return NodeReader.read(
                TestCluster.json(
                        """
                        {'metadata':{'name':'%s','labels':{%s}},'spec':{%s},
                         'status':{'allocatable':{'cpu':'8','memory':'32Gi','pods':'20'}}}
                        """
                                .formatted(name, labels, taints)));
    }

    private static String podJson(String name, Random random) {
        String app = "app-" + random.nextInt(3);
        String[] keys = {ZONE, "kubernetes.io/hostname", "disk"};
        StringBuilder spread = new StringBuilder();
        for (int i = 0; i < random.nextInt(3); i++) {
            spread.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {'maxSkew':%d,'topologyKey':'%s','whenUnsatisfiable':'%s',
                            'nodeTaintsPolicy':'%s','nodeAffinityPolicy':'%s',
                            'labelSelector':{'matchLabels':{'app':'%s'}}}
                            """
                                    .formatted(
                                            1 + random.nextInt(3),
                                            keys[random.nextInt(keys.length)],
                                            random.nextBoolean()
                                                    ? "DoNotSchedule"
                                                    : "ScheduleAnyway",
                                            random.nextBoolean() ? "Honor" : "Ignore",
                                            random.nextBoolean() ? "Honor" : "Ignore",
                                            app));
        }
        return """
        {'metadata':{'name':'%s','namespace':'ns-%d','uid':'%s','labels':{'app':'%s','pod':'%s'}},
         'spec':{'schedulerName':'default-scheduler',%s%s'topologySpreadConstraints':[%s],
         'containers':[{'name':'main','image':'nginx','resources':{'requests':{'cpu':'10m'}}}]}}
        """
                .formatted(
                        name,
                        random.nextInt(2),
                        name,
                        app,
                        name,
                        random.nextInt(4) == 0 ? "'nodeSelector':{'disk':'ssd'}," : "",
                        random.nextInt(4) == 0 ? "'tolerations':[{'operator':'Exists'}]," : "",
                        spread);
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
