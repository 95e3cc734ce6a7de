import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts the packaged server on temporary directories and prints a line for each goal: what is
 * wanted, what was measured. The generator runs on the same machine, so rates are those of both.
 */
final class Benchmark {

    private static final String TOKEN = "benchmark";
    private static final int CLIENTS = 8;
    private static final int STARTS = 5;
    private static final int PODS = 5_000;

    /** Writes before those that count, until the JIT compiler has done most of its work. */
    private static final int WARM_UP = 40_000;

    private static final int CREATES = 20_000;
    private static final int MANY_PODS = 100_000;
    private static final int WATCHERS = 100;
    private static final int PACED_EVENTS = 500;
    private static final int PACED_SECONDS = 10;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final String script;
    private final Https https = new Https(CLIENTS);

    private Benchmark(String script) throws Exception {
        this.script = script;
    }

    public static void main(String[] arguments) throws Exception {
        Benchmark benchmark = new Benchmark(arguments[0]);
        load("at the start");
        benchmark.starts();
        benchmark.operations();
        load("at the end");
        System.exit(0);
    }

    /** What else the machine does, which makes all rates lower. */
    private static void load(String when) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Report.note("load average of the machine " + when, load);
    }

    private void starts() throws Exception {
        start("start, median of 5 (s)", "-XX:AOTMode=off", 1.0);
        Path cache = Path.of(script).resolveSibling("control-plane/target/serve.aot");
        if (Files.exists(cache)) {
            start("start with AOT cache, median of 5 (s)", "", 0.5);
        } else {
            System.out.println("start with AOT cache: not measured; run ./pilothouse aot first");
        }
    }

    /** Time from the call of the script to 200 from /readyz, on a directory that exists. */
    private void start(String what, String options, double goal) throws Exception {
        Path directory = Files.createTempDirectory("pilothouse-benchmark");
        try {
            double[] seconds = new double[STARTS + 1];
            for (int i = 0; i <= STARTS; i++) {
                long before = System.nanoTime();
                Server server = new Server(script, directory, options);
                https.ok(Https.request(server.url() + "/readyz").build());
                seconds[i] = (System.nanoTime() - before) / 1e9;
                server.stop();
            }
            double[] later = Arrays.copyOfRange(seconds, 1, seconds.length);
            Arrays.sort(later);
            Report.atMost(what, goal, later[later.length / 2]);
        } finally {
            Server.delete(directory);
        }
    }

    private void operations() throws Exception {
        Path directory = Files.createTempDirectory("pilothouse-benchmark");
        Server server = new Server(script, directory, "");
        try {
            Thread.sleep(10_000);
            long cpu = server.cpuMillis();
            Thread.sleep(IDLE.toMillis());
            Report.atMost("idle RSS (MiB)", 150, server.residentKib() / 1024.0);
            double share = 100.0 * (server.cpuMillis() - cpu) / IDLE.toMillis();
            Report.atMost("idle CPU (% of a core)", 0.5, share);
            String objects = namespace(server, "objects");
            String many = namespace(server, "many");
            create(server, "ConfigMap", many, objects, 4 * 1211, 0.275);
            create(server, "Pod", many, namespace(server, "more"), 4 * 790, 0.425);
            fill(server, objects, 0, PODS);
            String get = objects + "configmaps/configmap-0";
            https.many(server, 20_000, i -> Https.request(get).build());
            gets(server, get);
            String pods = objects + "pods";
            Report.atMost("LIST of 5,000 pods, p50 (ms)", 50, https.median(pods, 30));
            Report.atMost(
                    "label query 100 of 5,000, p50 (ms)",
                    3,
                    https.median(pods + "?labelSelector=slice%3D7", 30));
            watch(server, objects);
            fill(server, many, WARM_UP, MANY_PODS - PODS - CREATES);
            Report.atMost("heap of the server with 100,000 pods (MiB)", 700, server.liveMib());
            Report.note("RSS of the server with 100,000 pods (MiB)", server.residentKib() / 1024);
        } finally {
            server.stop();
            Server.delete(directory);
        }
    }

    /**
     * Reads one object as fast as 8 clients can: those of wrk where it is, which takes less itself.
     */
    private void gets(Server server, String url) throws Exception {
        Https.Figures figures = Wrk.gets(server, url, CLIENTS);
        if (figures == null) {
            System.out.println("wrk is not on the PATH; this generator is slower than the server:");
            figures = https.many(server, 40_000, i -> Https.request(url).build());
        }
        Report.atLeast("gets/s, 8 clients", 15_000, figures.rate());
        Report.note("get: server CPU (ms)", figures.cpuMillis());
    }

    /** Makes a namespace and returns where its objects are. */
    private String namespace(Server server, String name) throws Exception {
        String body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                        .formatted(name);
        HttpRequest.Builder all = Https.request(server.url() + "/api/v1/namespaces");
        https.ok(all.POST(BodyPublishers.ofString(body)).build());
        return server.url() + "/api/v1/namespaces/" + name + "/";
    }

    /** Creates pods until there are so many of them. */
    private void fill(Server server, String objects, int from, int to) throws Exception {
        https.many(server, to - from, i -> Https.post(objects + "pods", body("Pod", from + i)));
    }

    /** Creates objects, first in another place for warming up. */
    private void create(
            Server server, String kind, String warm, String measured, double rate, double cpu)
            throws Exception {
        String resource = kind.toLowerCase(Locale.ROOT) + "s";
        https.many(server, WARM_UP, i -> Https.post(warm + resource, body(kind, i)));
        Https.Figures figures =
                https.many(server, CREATES, i -> Https.post(measured + resource, body(kind, i)));
        Report.atLeast(
                kind + " creates/s, 8 clients (generator is the limit)", rate, figures.rate());
        Report.atMost(kind + " create: server CPU (ms)", cpu, figures.cpuMillis());
    }

    private static String body(String kind, int i) {
        String head =
                "{\"apiVersion\":\"v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s-%d\",\"labels\":{\"slice\":\"%d\"}},"
                        .formatted(kind, kind.toLowerCase(Locale.ROOT), i, i % 50);
        // No scheduler takes the pods: what is measured is one write each.
        return kind.equals("Pod")
                ? head
                        + "\"spec\":{\"schedulerName\":\"none\",\"containers\":[{\"name\":\"c\",\"image\":\"nginx:1.29\"}]}}"
                : head + "\"data\":{\"key\":\"" + "v".repeat(200) + "\"}}";
    }

    /** 100 watchers of ConfigMaps that 8 writers patch: as fast as they can, then paced. */
    private void watch(Server server, String objects) throws Exception {
        Deliveries seen = new Deliveries();
        String url = objects + "configmaps?watch=true&timeoutSeconds=120&resourceVersion=";
        String revision =
                https.ok(Https.request(objects + "configmaps?limit=1").build())
                        .replaceFirst("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
        for (int i = 0; i < WATCHERS; i++) {
            Watcher.open(URI.create(url + revision), seen::add);
        }
        saturated(server, objects, seen);
        paced(server, objects, seen);
    }

    private void saturated(Server server, String objects, Deliveries seen) throws Exception {
        int writes = 2_000;
        long cpu = server.cpuMillis();
        long before = System.nanoTime();
        https.many(server, writes, i -> patch(objects));
        long delivered = seen.await((long) writes * WATCHERS);
        double seconds = (System.nanoTime() - before) / 1e9;
        double micros = 1e3 * (server.cpuMillis() - cpu) / delivered;
        Report.atLeast("watch deliveries/s", 60_000, delivered / seconds);
        Report.atMost("watch delivery: server CPU with the writes (us)", 34, micros);
        Report.atLeast("share of the events delivered (%)", 100, share(delivered, writes));
    }

    /** From before the request of the writer until the event has been read by the watcher. */
    private void paced(Server server, String objects, Deliveries seen) throws Exception {
        seen.clear();
        int writes = PACED_EVENTS * PACED_SECONDS;
        long start = System.nanoTime();
        https.many(
                server,
                writes,
                i -> {
                    LockSupport.parkNanos(
                            start + i * (1_000_000_000L / PACED_EVENTS) - System.nanoTime());
                    return patch(objects);
                });
        double seconds = (System.nanoTime() - start) / 1e9;
        long delivered = seen.await((long) writes * WATCHERS);
        Report.atLeast("paced events/s to 100 watchers", PACED_EVENTS * 0.98, writes / seconds);
        Report.atLeast("share of the paced events delivered (%)", 100, share(delivered, writes));
        Report.atMost("paced write to event, p99 (ms)", 20, seen.percentileMillis(99));
    }

    private static double share(long delivered, int writes) {
        return 100.0 * delivered / ((long) writes * WATCHERS);
    }

    /** A change that carries the time of its making. */
    private static HttpRequest patch(String objects) {
        int number = ThreadLocalRandom.current().nextInt(PODS);
        return Https.request(objects + "configmaps/configmap-" + number)
                .setHeader("Content-Type", "application/merge-patch+json")
                .method(
                        "PATCH",
                        BodyPublishers.ofString(
                                "{\"data\":{" + Watcher.MARK + System.nanoTime() + "\"}}"))
                .build();
    }

    /** The events that have come, and how old they were. */
    private static final class Deliveries {
        private static final int SLOTS = 100_000;
        private static final long SLOT_NANOS = 100_000;

        private final AtomicLong count = new AtomicLong();
        private final AtomicIntegerArray ages = new AtomicIntegerArray(SLOTS);

        /** Counts an event by when it was made. */
        void add(long made) {
            long age = (System.nanoTime() - made) / SLOT_NANOS;
            ages.incrementAndGet((int) Math.clamp(age, 0, SLOTS - 1));
            count.incrementAndGet();
        }

        void clear() {
            count.set(0);
            for (int i = 0; i < SLOTS; i++) {
                ages.set(i, 0);
            }
        }

        /** Waits for so many, a minute at most; how many there are. */
        long await(long wanted) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (count.get() < wanted && System.nanoTime() < end) {
                Thread.sleep(1);
            }
            return count.get();
        }

        double percentileMillis(int percent) {
            long wanted = count.get() * percent / 100;
            long below = 0;
            for (int i = 0; i < SLOTS; i++) {
                below += ages.get(i);
                if (below >= wanted) {
                    return (i + 1) * SLOT_NANOS / 1e6;
                }
            }
            return Double.POSITIVE_INFINITY;
        }
    }
}
