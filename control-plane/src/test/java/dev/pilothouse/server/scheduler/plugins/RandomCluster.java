package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.TestCluster;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeReader;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small cluster in which nodes and pods of all sorts come, go and change. */
final class RandomCluster {

    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Random random;
    private final ClusterCache cache = new ClusterCache();
    private final PodReader reader = new PodReader();
    private final List<PodInfo> placed = new ArrayList<>();
    private int names;

    RandomCluster(Random random) {
        this.random = random;
    }

    Snapshot snapshot() {
        return cache.snapshot();
    }

    /** A pod of that name which is nowhere yet. */
    PodInfo pod(String name) {
        return reader.read(TestCluster.json(podJson(name)));
    }

    /** A pod that was not there before. */
    PodInfo pod() {
        return pod("pod-" + names++);
    }

    /** The scheduler has chosen a node. */
    void assume(PodInfo pod) {
        cache.assume(pod);
        placed.add(pod);
    }

    /** Nodes and pods come, go and change. */
    void change() {
        int size = cache.snapshot().size();
        switch (random.nextInt(12)) {
            case 0 -> cache.putNode(node("node-" + random.nextInt(30)));
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
                    changePod(random.nextInt(placed.size()));
                }
            }
            default -> {
                String name = "pod-" + names++;
                PodInfo pod = pod(name).on("node-" + random.nextInt(30));
                cache.putPod(pod);
                placed.add(pod);
            }
        }
    }

    private void changePod(int index) {
        PodInfo before = placed.get(index);
        PodInfo.State[] states = PodInfo.State.values();
        PodInfo shaped = random.nextBoolean() ? before : before.shaped(pod(before.name()).shape());
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

    private Node node(String name) {
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

    private String podJson(String name) {
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
         'spec':{'schedulerName':'default-scheduler',%s%s%s'topologySpreadConstraints':[%s],
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
                        random.nextInt(3) == 0 ? affinity() : "",
                        spread);
    }

    private String affinity() {
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        StringBuilder all = new StringBuilder();
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            if (random.nextBoolean()) {
                all.append(all.isEmpty() ? "" : ",")
                        .append(
                                "'%s':{'%s':[%s],'%s':[{'weight':%d,'podAffinityTerm':%s}]}"
                                        .formatted(
                                                kind,
                                                required,
                                                random.nextInt(3) == 0 ? "" : term(),
                                                preferred,
                                                1 + random.nextInt(100),
                                                term()));
            }
        }
        return "'affinity':{" + all + "},";
    }

    private String term() {
        String[] keys = {ZONE, "kubernetes.io/hostname", "disk"};
        String where =
                switch (random.nextInt(4)) {
                    case 0 -> "'namespaces':['ns-0','ns-1'],";
                    case 1 -> "'namespaceSelector':{'matchLabels':{'team':'t1'}},";
                    default -> "";
                };
        return "{'topologyKey':'%s',%s'labelSelector':{'matchLabels':{'app':'app-%d'}}}"
                .formatted(keys[random.nextInt(keys.length)], where, random.nextInt(3));
    }
}
