import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the application as users have it, the window over TLS on its embedded cluster, without a
 * display and drawn by software. The load comes from this process; the figures of the JavaFX thread
 * from {@link WindowProbe} inside the application.
 */
final class WindowBenchmark {

    private static final int SMALL = 1_000;
    private static final int MEDIUM = 10_000;
    private static final Pattern REMAINING = Pattern.compile("\"remainingItemCount\":(\\d+)");

    /** Each with the number that may follow it after an equals sign, and its usual value. */
    private static final Map<String, Integer> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("start", 5); // starts of each way
        KNOWN.put("idle", 60); // seconds
        KNOWN.put("memory", 100_000); // pods at most
        KNOWN.put("pixel", 300); // writes
        KNOWN.put("map", 5_000); // objects
        KNOWN.put("events", 300); // seconds
        KNOWN.put("rows", 100_000); // pods
    }

    /** A data directory that is kept for the next run, and how many pods are in it. */
    private static final String KEPT = System.getProperty("data");

    private static final int FILLED = Integer.getInteger("filled", 0);
    private static final int CHANGING = Integer.getInteger("changing", 50_000);
    private static final int RATE = Integer.getInteger("rate", 2_000);

    private final Map<String, Integer> wanted;
    private final Https https = new Https(8);
    private final Path directory;
    private int filled = FILLED;

    private WindowBenchmark(Map<String, Integer> wanted, Path directory) throws Exception {
        this.wanted = wanted;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (!KNOWN.containsKey(parts[0])) {
                System.err.println(
                        "pilothouse: there is no benchmark \""
                                + argument
                                + "\" of the window; there are: logs "
                                + String.join(" ", KNOWN.keySet())
                                + ", each with =NUMBER if you like.");
                System.exit(2);
            }
            wanted.put(
                    parts[0], parts.length > 1 ? Integer.parseInt(parts[1]) : KNOWN.get(parts[0]));
        }
        if (KEPT != null) {
            Files.createDirectories(Path.of(KEPT));
            new WindowBenchmark(wanted.isEmpty() ? KNOWN : wanted, Path.of(KEPT)).run();
            System.exit(0);
        }
        Path directory = Files.createTempDirectory("pilothouse-benchmark");
        try {
            new WindowBenchmark(wanted.isEmpty() ? KNOWN : wanted, directory).run();
        } finally {
            Server.delete(directory);
        }
        System.exit(0);
    }

    /** By the number of pods, which only grows. */
    private void run() throws Exception {
        load();
        if (wanted.containsKey("map")) {
            map(wanted.get("map"));
        }
        if (filled <= SMALL && (any("start", "idle") || memory(SMALL))) {
            fill(SMALL);
            if (wanted.containsKey("start")) {
                starts(wanted.get("start"));
            }
            if (wanted.containsKey("idle") || memory(SMALL)) {
                quiet(SMALL, 350);
            }
        }
        if (filled <= MEDIUM && (wanted.containsKey("pixel") || memory(MEDIUM))) {
            fill(MEDIUM);
            quiet(MEDIUM, 600);
        }
        if (wanted.containsKey("events")) {
            fill(CHANGING);
            events(wanted.get("events"));
        }
        int rows = Math.max(wanted.getOrDefault("rows", 0), wanted.getOrDefault("memory", 0));
        if (rows > MEDIUM) {
            fill(rows);
            rows(rows);
        } else if (wanted.containsKey("rows")) {
            fill(rows);
            rows(rows);
        }
        load();
    }

    private boolean any(String... names) {
        return List.of(names).stream().anyMatch(wanted::containsKey);
    }

    private boolean memory(int pods) {
        return wanted.getOrDefault("memory", 0) >= pods;
    }

    private static void load() {
        Report.note(
                "load average of the machine",
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
    }

    // ---- data ---------------------------------------------------------------------------------

    private static Server serve(Path directory, int nodes) throws Exception {
        List<String> program = new ArrayList<>(WindowProcess.java());
        program.add("dev.pilothouse.ui.launch.Launcher");
        return new Server(program, directory, "", "--simulated-nodes", Integer.toString(nodes));
    }

    /** Creates pods until there are so many: a thousand run, the others are only stored. */
    private void fill(int pods) throws Exception {
        if (pods <= filled) {
            return;
        }
        if (filled == 0 && pods > SMALL) {
            fill(SMALL);
        }
        Server server = serve(directory, WindowProcess.NODES);
        try {
            if (filled == 0) {
                namespaces(server);
            }
            int from = filled;
            https.many(
                    server,
                    pods - from,
                    i -> {
                        int at = from + i;
                        String name = WindowPods.name(at);
                        return Https.post(
                                server.url()
                                        + "/api/v1/namespaces/"
                                        + WindowPods.namespace(at)
                                        + "/pods",
                                at < SMALL
                                        ? WindowPods.running(name, at)
                                        : WindowPods.idle(name, at));
                    });
            if (from == 0) {
                running(server, SMALL);
            }
            filled = pods;
        } finally {
            server.stop();
        }
    }

    private void namespaces(Server server) throws Exception {
        for (int i = 0; i < WindowPods.NAMESPACES; i++) {
            https.all(1, Double.POSITIVE_INFINITY, namespace(server, WindowPods.namespace(i)));
        }
    }

    private static Https.Requests namespace(Server server, String name) {
        return number ->
                Https.post(
                        server.url() + "/api/v1/namespaces",
                        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
                                + name
                                + "\"}}");
    }

    /** Waits until every pod runs. */
    private void running(Server server, int count) throws Exception {
        String pods = server.url() + "/api/v1/pods?limit=1";
        String others = pods + "&fieldSelector=status.phase%3DPending";
        for (int i = 0; i < 3_000; i++) {
            Matcher left = REMAINING.matcher(https.ok(Https.request(pods).build()));
            boolean all = left.find() && Integer.parseInt(left.group(1)) + 1 >= count;
            if (all && !https.ok(Https.request(others).build()).contains("\"phase\"")) {
                return;
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("the pods did not run");
    }

    // ---- the parts ----------------------------------------------------------------------------

    /** What the window writes down when one list of pods is open. */
    private static String pods() {
        return """
        {"session:pilothouse":{"windows":[{"content":{"selected":0,"tabs":[{"type":"list",\
        "values":{"group":"","kind":"Pod","namespaced":"true","resource":"pods","version":"v1"},\
        "state":{}}]}}]}}\
        """;
    }

    private void starts(int times) throws Exception {
        starts(times, "plain", 1.5);
        String cache = System.getenv("WINDOW_CACHE");
        if (cache == null || cache.isEmpty()) {
            System.out.println(
                    "no cache that fits this build: run \"./pilothouse aot\" to measure it as well");
            return;
        }
        starts(times, "with AOT cache", 1.0, "-XX:AOTCache=" + cache);
    }

    private void starts(int times, String how, double goal, String... options) throws Exception {
        List<Double> shown = new ArrayList<>();
        List<Double> live = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            WindowProcess window = new WindowProcess(directory, pods(), options);
            try {
                shown.add(window.secondsUntil("shown"));
                live.add(window.secondsUntil("rows"));
                cpu.add(window.cpuMillis() / 1e3);
            } finally {
                window.stop();
            }
        }
        Report.atMost("first window, " + how + ", median (s)", goal, median(shown));
        Report.note("the same: best", Collections.min(shown));
        Report.atMost(
                "list of 1,000 pods with its cluster, " + how + ", median (s)", 2.5, median(live));
        Report.note("the same: best", Collections.min(live));
        Report.note("the same: CPU of the process, median (s)", median(cpu));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Opens the list of pods, and measures what is wanted of it while nothing happens. */
    private void quiet(int pods, double goal) throws Exception {
        WindowProcess window = new WindowProcess(directory, pods());
        try {
            window.ask("await " + pods);
            if (memory(pods)) {
                memory(window, pods, goal);
            }
            if (pods == SMALL && wanted.containsKey("idle")) {
                idle(window, wanted.get("idle"));
            }
            if (pods == MEDIUM && wanted.containsKey("pixel")) {
                double[] took = window.ask("pixel " + directory + " " + wanted.get("pixel"));
                Report.note("10,000 rows: write sent to pulse that shows it, p50 (ms)", took[0]);
                Report.atMost("the same: p99 (ms)", 150, took[2]);
            }
        } finally {
            window.stop();
        }
    }

    private static void memory(WindowProcess window, int pods, double goal) throws Exception {
        // What the start has left behind is given back once nothing happens.
        Thread.sleep(60_000);
        Report.atMost(
                "application with %,d pods listed: RSS (MiB)".formatted(pods),
                goal,
                window.residentMib("VmRSS"));
        Report.note("the same: most so far (MiB)", window.residentMib("VmHWM"));
        Report.note("the same: live heap (MiB)", window.ask("heap")[0]);
    }

    private static void idle(WindowProcess window, int seconds) throws Exception {
        // What it does when idle is compiled after some minutes, too.
        Thread.sleep(Math.min(180_000, seconds * 3_000L));
        window.settle();
        double[] load = window.ask("fx " + seconds);
        Report.note("(the probe asks the JavaFX thread 100 times a second)", load[2] / 10);
        long cpu = window.cpuMillis();
        Thread.sleep(seconds * 1_000L);
        Report.atMost(
                "idle with 1,000 pods listed: CPU (% of a core)",
                1, (window.cpuMillis() - cpu) / (seconds * 10.0));
        Report.note("the same: RSS (MiB)", window.residentMib("VmRSS"));
    }

    /**
     * The window alone, onto a server in a process of its own that seems to change all the time.
     */
    private void events(int seconds) throws Exception {
        Server server = serve(directory, WindowProcess.NODES);
        try (WindowFeed feed = new WindowFeed(server.url(), directory, RATE)) {
            WindowProcess window = WindowProcess.onto(feed.url(), directory, pods());
            try {
                window.ask("await " + CHANGING);
                feed.flow(true);
                window.ask("fx 10");
                long before = feed.sent();
                double[] load = window.ask("fx " + seconds);
                Report.atLeast(
                        "%,d rows: events/s".formatted(CHANGING),
                        RATE * 0.98,
                        (feed.sent() - before) / (double) seconds);
                Report.atMost("the same: JavaFX thread (CPU-ms/s)", 300, load[0]);
                Report.atMost("the same: longest pause of it (ms)", 100, load[4]);
                Report.note("the same: p99 of its pauses (ms)", load[6]);
                Report.note("the same: renderer (CPU-ms/s)", load[1]);
                Report.note("the same: the whole process (CPU-ms/s)", load[2]);
                Report.note("the same: garbage collection (ms/s)", load[3]);
                Report.note("the same: pulses/s", load[5]);
                Report.note(
                        "window alone, %,d rows: RSS (MiB)".formatted(CHANGING),
                        window.residentMib("VmRSS"));
            } finally {
                window.stop();
            }
        } finally {
            server.stop();
        }
    }

    private void rows(int pods) throws Exception {
        WindowProcess window = new WindowProcess(directory, pods());
        try {
            window.ask("await " + pods);
            Report.note(
                    "%,d rows: first of them shown after (s)".formatted(pods),
                    window.secondsUntil("rows"));
            if (memory(pods)) {
                memory(window, pods, 1_500);
            }
            if (wanted.containsKey("rows")) {
                window.ask("sort 1");
                keys(window, "sort", pods, 3);
                window.ask("filter 1");
                keys(window, "filter", pods, 3);
            }
        } finally {
            window.stop();
        }
    }

    private static void keys(WindowProcess window, String what, int pods, int rounds)
            throws Exception {
        double[] took = window.ask(what + " " + rounds);
        Report.note("%,d rows: key to pulse, %s, p50 (ms)".formatted(pods, what), took[0]);
        Report.atMost("the same: p95 (ms)", 150, took[1]);
        Report.note("the same: CPU of the JavaFX thread for each (ms)", took[4]);
    }

    /** A map of deployments with their replica sets and pods, and services. */
    private void map(int objects) throws Exception {
        int apps = Math.max(1, objects / 20);
        int replicas = 17;
        // Each has room for 110 pods.
        int nodes = 10 + apps * replicas / 100;
        Path own = Files.createTempDirectory("pilothouse-benchmark");
        try {
            Server server = serve(own, nodes);
            try {
                namespaces(server);
                https.many(
                        server,
                        apps * 2,
                        i -> {
                            String name = "app-" + i / 2;
                            String namespace = WindowPods.namespace(i / 2);
                            return i % 2 == 0
                                    ? Https.post(
                                            server.url()
                                                    + "/apis/apps/v1/namespaces/"
                                                    + namespace
                                                    + "/deployments",
                                            WindowPods.deployment(name, replicas))
                                    : Https.post(
                                            server.url()
                                                    + "/api/v1/namespaces/"
                                                    + namespace
                                                    + "/services",
                                            WindowPods.service(name));
                        });
                running(server, apps * replicas);
            } finally {
                server.stop();
            }
            WindowProcess window = WindowProcess.withNodes(nodes, own, pods());
            try {
                window.ask("await " + apps * replicas);
                double[] open = window.ask("map " + apps * replicas);
                Report.note("map of %,d objects: opened after (s)".formatted(objects), open[0]);
                Report.note("the same: CPU of the JavaFX thread (s)", open[1]);
                double[] layout = window.ask("layout " + own);
                Report.note("layout of %,.0f objects, p50 (ms)".formatted(layout[0]), layout[1]);
                double[] frames = window.ask("frames 240");
                Report.note("map, zoom and pan: to the pulse, p50 (ms)", frames[0]);
                Report.note("the same: p95 (ms)", frames[1]);
                Report.note("the same: JavaFX thread for each frame (CPU-ms)", frames[4]);
                Report.note("the same: renderer for each frame (CPU-ms)", frames[5]);
            } finally {
                window.stop();
            }
        } finally {
            Server.delete(own);
        }
    }
}
