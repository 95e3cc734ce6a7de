import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures a cluster of simulated nodes by its REST API: how long it takes from nothing to 5,000
 * nodes and 10,000 running pods, what 100,000 pods weigh and how fast the API is with them, and
 * what an idle cluster takes of the processor.
 */
final class ClusterBenchmark {

    private static final int CLIENTS = 8;
    private static final int NODES = Integer.getInteger("nodes", 5_000);
    private static final int PODS = Integer.getInteger("pods", 10_000);
    private static final int HELD = 100_000;
    private static final int IDLE_PODS = 1_000;
    private static final Duration IDLE_AFTER = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");
    private static final Pattern READY = Pattern.compile("\\{[^{}]*\"type\":\"Ready\"[^{}]*}");

    private final String script;
    private final Https https = new Https(CLIENTS);

    private ClusterBenchmark(String script) throws Exception {
        this.script = script;
    }

    public static void main(String[] arguments) throws Exception {
        ClusterBenchmark benchmark = new ClusterBenchmark(arguments[0]);
        for (String what : List.of(arguments).subList(1, arguments.length)) {
            switch (what) {
                case "cluster" -> benchmark.cluster(false);
                case "held" -> benchmark.cluster(true);
                case "idle" -> benchmark.idle();
                default -> throw new IllegalArgumentException(what);
            }
        }
        System.exit(0);
    }

    // ---- many pods ----------------------------------------------------------------------------

    private void cluster(boolean held) throws Exception {
        Path directory = Files.createTempDirectory("pilothouse-benchmark");
        long begin = System.nanoTime();
        Server server =
                new Server(
                        script,
                        directory,
                        "",
                        "--process-nodes",
                        "0",
                        "--simulated-nodes",
                        Integer.toString(NODES));
        try {
            nodes(server, begin);
            double took = pods(server, "pod", PODS, "from the first request");
            if (held) {
                held(server);
            } else {
                // The same once more, by a server that has been at work for a while.
                double again = pods(server, "more", PODS, "again, warm");
                Report.note("warm to cold", again / took);
            }
        } finally {
            server.stop();
            Server.delete(directory);
        }
    }

    private void nodes(Server server, long begin) throws Exception {
        Seen ready = new Seen(ClusterBenchmark::isReady);
        watch(server, "/api/v1/nodes?watch=true", ready);
        ready.await(NODES);
        Report.note(
                "%,d simulated nodes Ready, from process start (s)".formatted(NODES),
                (ready.last() - begin) / 1e9);
        Report.note("the same: server CPU (s)", server.cpuMillis() / 1e3);
    }

    private double pods(Server server, String name, int count, String what) throws Exception {
        Seen bound = new Seen(_ -> true);
        Seen running = new Seen(_ -> true);
        String revision = revision(server);
        watch(
                server,
                "/api/v1/pods?watch=true&fieldSelector=status.phase%3DRunning&resourceVersion="
                        + revision,
                running);
        watch(
                server,
                "/api/v1/pods?watch=true&fieldSelector=spec.nodeName!%3D&resourceVersion="
                        + revision,
                bound);
        long cpu = server.cpuMillis();
        long own = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
        long begin = System.nanoTime();
        create(server, name, 0, count);
        double created = (System.nanoTime() - begin) / 1e9;
        running.await(count);
        double seconds = (running.last() - begin) / 1e9;
        Report.atMost("%,d pods Running, %s (s)".formatted(count, what), 10, seconds);
        Report.note("the same: all created after (s)", created);
        Report.note(
                "the same: server CPU for each pod (ms)",
                (server.cpuMillis() - cpu) / (double) count);
        Report.note(
                "the same: generator CPU for each pod (ms)",
                (ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() - own)
                        / (double) count);
        Report.note("the same: pods bound/s", count / ((bound.last() - begin) / 1e9));
        return seconds;
    }

    private void create(Server server, String name, int from, int count) throws Exception {
        String url = server.url() + "/api/v1/namespaces/default/pods";
        https.many(server, count, i -> Https.post(url, pod(name, from + i)));
    }

    private void held(Server server) throws Exception {
        Seen running = new Seen(_ -> true);
        watch(
                server,
                "/api/v1/pods?watch=true&fieldSelector=status.phase%3DRunning&resourceVersion="
                        + revision(server),
                running);
        long begin = System.nanoTime();
        long cpu = server.cpuMillis();
        int more = HELD - PODS;
        create(server, "held", 0, more);
        running.await(more);
        Report.note("90,000 more pods Running (s)", (running.last() - begin) / 1e9);
        Report.note(
                "the same: server CPU for each pod (ms)",
                (server.cpuMillis() - cpu) / (double) more);
        settle(server);
        Report.note("100,000 pods: live heap (MiB)", server.liveMib());
        Report.note("100,000 pods: RSS (MiB)", server.residentKib() / 1024.0);
        String pods = server.url() + "/api/v1/pods";
        Report.atMost(
                "100,000 pods: GET of one, p50 (ms)",
                2,
                https.median(server.url() + "/api/v1/namespaces/default/pods/pod-77", 60));
        Report.atMost(
                "100,000 pods: LIST of 5,000 by limit, p50 (ms)",
                50,
                https.median(pods + "?limit=5000", 30));
        Report.atMost(
                "100,000 pods: label query for 100, p50 (ms)",
                3,
                https.median(pods + "?labelSelector=slice%3D7", 60));
        Report.note("100,000 pods: LIST of all, p50 (ms)", https.median(pods, 3));
        share(server, "100,000 idle pods: CPU (% of a core)", Double.NaN);
    }

    // ---- idle ---------------------------------------------------------------------------------

    private void idle() throws Exception {
        Path directory = Files.createTempDirectory("pilothouse-benchmark");
        Server server = new Server(script, directory, "");
        try {
            // What an idle server does is compiled after some minutes, too.
            Thread.sleep(IDLE_AFTER);
            settle(server);
            Report.atMost("idle RSS (MiB)", 150, server.residentKib() / 1024.0);
            share(server, "idle CPU of an empty cluster (% of a core)", 0.5);
        } finally {
            server.stop();
            Server.delete(directory);
        }
        busyButIdle();
    }

    private void busyButIdle() throws Exception {
        Path directory = Files.createTempDirectory("pilothouse-benchmark");
        Server server = new Server(script, directory, "", "--simulated-nodes", "10");
        try {
            pods(server, "idle", IDLE_PODS, "for the idle cluster");
            settle(server);
            share(server, "idle CPU with 1,000 simulated pods (% of a core)", 5);
            Report.note("the same: RSS (MiB)", server.residentKib() / 1024.0);
        } finally {
            server.stop();
            Server.delete(directory);
        }
    }

    /** Compilers and writers of events come to rest. */
    private static void settle(Server server) throws InterruptedException {
        long before = server.cpuMillis();
        for (int i = 0; i < 30; i++) {
            Thread.sleep(10_000);
            long now = server.cpuMillis();
            if (i >= 1 && now - before < 500) {
                return;
            }
            before = now;
        }
    }

    private static void share(Server server, String what, double goal) throws InterruptedException {
        Duration time = Duration.ofSeconds(60);
        long cpu = server.cpuMillis();
        Thread.sleep(time.toMillis());
        double share = 100.0 * (server.cpuMillis() - cpu) / time.toMillis();
        if (Double.isNaN(goal)) {
            Report.note(what, share);
        } else {
            Report.atMost(what, goal, share);
        }
    }

    // ---- objects ------------------------------------------------------------------------------

    private static String pod(String name, int i) {
        return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s-%d","labels":{"app":"%s","slice":"%d"}},\
        "spec":{"containers":[{"name":"main","image":"nginx:1.29",\
        "resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}\
        """
                .formatted(name, i, name, i % 1_000);
    }

    private static boolean isReady(String node) {
        Matcher ready = READY.matcher(node);
        return ready.find() && ready.group().contains("\"status\":\"True\"");
    }

    private String revision(Server server) throws Exception {
        return https.ok(Https.request(server.url() + "/api/v1/pods?limit=1").build())
                .replaceFirst("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
    }

    private void watch(Server server, String path, Seen seen) throws Exception {
        var lines =
                https.lines(Https.request(server.url() + path + "&timeoutSeconds=1800").build(), 0);
        Thread.ofPlatform().daemon().start(() -> lines.forEach(seen::line));
    }

    /** The objects that a watch has shown as wanted, each counted once. */
    private static final class Seen {
        private final Predicate<String> wanted;
        private final Set<String> names = ConcurrentHashMap.newKeySet();
        private final AtomicLong last = new AtomicLong();

        Seen(Predicate<String> wanted) {
            this.wanted = wanted;
        }

        void line(String line) {
            Matcher name = NAME.matcher(line);
            if (!line.contains("\"BOOKMARK\"")
                    && name.find()
                    && wanted.test(line)
                    && names.add(name.group(1))) {
                last.set(System.nanoTime());
            }
        }

        long last() {
            return last.get();
        }

        void await(int count) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (names.size() < count) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("only " + names.size() + " of " + count);
                }
                Thread.sleep(1);
            }
        }
    }
}
