package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.NodeReader;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.plugins.TestProfiles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures how many pods a second find a node, without anything being written. Run by hand: {@code
 * PlacerSpeed [nodes] [pods] [templates]}.
 */
public final class PlacerSpeed {

    private PlacerSpeed() {}

    /** Prints the figures. */
    public static void main(String[] args) {
        int nodes = args.length > 0 ? Integer.parseInt(args[0]) : 5000;
        int pods = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        int templates = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        for (String kind : List.of("plain", "anti", "spread", "distinct", "unschedulable")) {
            for (int run = 0; run < 3; run++) {
                run(kind, nodes, pods, templates);
            }
        }
    }

    private static void run(String kind, int nodes, int pods, int templates) {
        ClusterCache cache = new ClusterCache();
        for (int i = 0; i < nodes; i++) {
            cache.putNode(NodeReader.read(Json.parseObject(NODE.formatted(i, i, i % 3))));
        }
        Profile profile =
                TestProfiles.of(
                        pod ->
                                LabelSelector.ofMap(
                                        Map.of("app", pod.labels().getOrDefault("app", ""))),
                        _ -> Map.of());
        Placer placer = new Placer(profile, new Nominations(), new Random(1));
        PodReader reader = new PodReader();
        List<PodInfo> all = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            String extra =
                    switch (kind) {
                        case "anti" -> ANTI.formatted(i % templates);
                        case "spread" -> SPREAD.formatted(i % templates);
                        default -> "";
                    };
            String cpu = kind.equals("unschedulable") ? "100" : "100m";
            String own = kind.equals("distinct") ? ",\"pod\":\"p" + i + "\"" : "";
            all.add(
                    reader.read(
                            Json.parseObject(POD.formatted(i, i, i % templates, own, extra, cpu))));
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long cpuStart = threads.getCurrentThreadCpuTime();
        int placed = 0;
        for (PodInfo pod : all) {
            if (placer.place(pod, cache.snapshot()) instanceof Placement.Found found) {
                cache.assume(pod.on(found.node()));
                placed++;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = (threads.getCurrentThreadCpuTime() - cpuStart) / 1e9;
        System.out.printf(
                "%-14s %d of %d pods on %d nodes in %.2f s: %.0f pods/s, %.0f a CPU second%n",
                kind, placed, pods, nodes, seconds, pods / seconds, pods / cpu);
    }

    private static final String NODE =
            """
            {"metadata":{"name":"node-%d","labels":{"kubernetes.io/hostname":"node-%d",
            "topology.kubernetes.io/zone":"zone-%d"}},
            "status":{"allocatable":{"cpu":"8","memory":"32Gi","pods":"110"}}}
            """;

    private static final String POD =
            """
            {"metadata":{"name":"pod-%d","namespace":"default","uid":"uid-%d","labels":{"app":"app-%d"%s}},
            "spec":{"schedulerName":"default-scheduler",%s
            "containers":[{"name":"main","image":"nginx","resources":{"requests":{"cpu":"%s","memory":"64Mi"}}}]}}
            """;

    private static final String ANTI =
            """
            "affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[
            {"labelSelector":{"matchLabels":{"app":"app-%d"}},"topologyKey":"kubernetes.io/hostname"}]}},
            """;

    private static final String SPREAD =
            """
            "topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone",
            "whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"app-%d"}}}],
            """;
}
