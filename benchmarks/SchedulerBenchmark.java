import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.NodeReader;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.placement.Placement;
import dev.pilothouse.server.scheduler.placement.Placer;
import dev.pilothouse.server.scheduler.plugins.DefaultPlugins;
import dev.pilothouse.server.scheduler.volumes.Claim;
import dev.pilothouse.server.scheduler.volumes.Volume;
import dev.pilothouse.server.scheduler.volumes.VolumeClass;
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import dev.pilothouse.server.scheduler.volumes.VolumeWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How many pods a second find a node among 5,000, by the clock and by processor time, without
 * anything being written. Each kind is placed twice on an empty cluster; the second time counts.
 */
final class SchedulerBenchmark {

    private static final int NODES = 5_000;
    private static final int PODS = 10_000;
    private static final int TEMPLATES = 10;
    private static final List<String> KINDS =
            List.of(
                    "plain",
                    "required anti-affinity",
                    "spread over zones",
                    "each different",
                    "each different, anti-affinity",
                    "each different, spread over nodes",
                    "each of its own application");

    private SchedulerBenchmark() {}

    public static void main(String[] arguments) {
        for (String kind : arguments.length == 0 ? KINDS : List.of(arguments)) {
            for (int run = 0; run < 2; run++) {
                run(kind, run > 0);
            }
        }
    }

    private static void run(String kind, boolean counts) {
        ClusterCache cache = new ClusterCache();
        for (int i = 0; i < NODES; i++) {
            cache.putNode(NodeReader.read(Json.parseObject(NODE.formatted(i, i, i % 3))));
        }
        Profile profile =
                DefaultPlugins.profile(
                        new DefaultPlugins.Surroundings(
                                pod ->
                                        LabelSelector.ofMap(
                                                Map.of(
                                                        "app",
                                                        pod.labels().getOrDefault("app", ""))),
                                _ -> Map.of(),
                                new NoStorage(),
                                new NoStorage(),
                                (_, _) -> {}));
        Placer placer = new Placer(profile, new Nominations(), new Random(1));
        List<PodInfo> pods = pods(kind);
        var threads = ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        int placed = 0;
        for (PodInfo pod : pods) {
            if (placer.place(pod, cache.snapshot()) instanceof Placement.Found found) {
                cache.assume(pod.on(found.node()));
                placed++;
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double busy = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        if (placed < PODS) {
            throw new IllegalStateException(kind + ": only " + placed + " pods found a node");
        }
        if (counts) {
            Report.atLeast(
                    "scheduler at 5,000 nodes, " + kind + " (pods/s)", 2_000, placed / seconds);
            Report.note("the same: pods per second of processor time", placed / busy);
        }
    }

    private static List<PodInfo> pods(String kind) {
        PodReader reader = new PodReader();
        List<PodInfo> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            int template = i % TEMPLATES;
            String extra =
                    switch (kind) {
                        case "required anti-affinity", "each different, anti-affinity" ->
                                ANTI.formatted(template);
                        case "spread over zones" -> SPREAD.formatted(ZONE, template);
                        case "each different, spread over nodes" ->
                                SPREAD.formatted("kubernetes.io/hostname", template);
                        default -> "";
                    };
            String own = kind.startsWith("each different") ? ",\"pod\":\"p" + i + "\"" : "";
            int application = kind.equals("each of its own application") ? i : template;
            pods.add(reader.read(Json.parseObject(POD.formatted(i, i, application, own, extra))));
        }
        return pods;
    }

    /** A cluster without volumes. */
    private static final class NoStorage implements VolumeViews, VolumeWriter {
        @Override
        public Claim claim(String namespace, String name) {
            return null;
        }

        @Override
        public Volume volume(String name) {
            return null;
        }

        @Override
        public List<Volume> volumesOf(String storageClass) {
            return List.of();
        }

        @Override
        public VolumeClass storageClass(String name) {
            return null;
        }

        @Override
        public Map<String, Integer> limits(String node) {
            return Map.of();
        }

        @Override
        public void give(Volume volume, Claim claim) {}

        @Override
        public void provision(Claim claim, String node) {}
    }

    private static final String ZONE = "topology.kubernetes.io/zone";

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
            "containers":[{"name":"main","image":"nginx","resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}
            """;

    private static final String ANTI =
            """
            "affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[
            {"labelSelector":{"matchLabels":{"app":"app-%d"}},"topologyKey":"kubernetes.io/hostname"}]}},
            """;

    private static final String SPREAD =
            """
            "topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"%s",
            "whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"app-%d"}}}],
            """;
}
