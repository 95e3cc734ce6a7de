import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

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
    private static final int WARM_UP = 20_000;

    private static final int CREATES = 20_000;
    private static final int MANY_PODS = 100_000;
    private static final int WATCHERS = 100;
    private static final int PACED_EVENTS = 500;
    private static final int PACED_SECONDS = 10;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final String script;
    private final HttpClient[] clients = new HttpClient[CLIENTS];

    private Benchmark(String script) throws Exception {
        this.script = script;
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new AnyServer()}, new SecureRandom());
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] =
                    HttpClient.newBuilder()
                            .sslContext(tls)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
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
        note("load average of the machine " + when, load);
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
                Server server = new Server(directory, options);
                ok(request(server.url + "/readyz").build(), clients[0]);
                seconds[i] = (System.nanoTime() - before) / 1e9;
                server.stop();
            }
            double[] later = Arrays.copyOfRange(seconds, 1, seconds.length);
            Arrays.sort(later);
            atMost(what, goal, later[later.length / 2]);
        } finally {
            delete(directory);
        }
    }

    private void operations() throws Exception {
        Path directory = Files.createTempDirectory("pilothouse-benchmark");
        Server server = new Server(directory, "");
        try {
            Thread.sleep(10_000);
            long cpu = server.cpuMillis();
            Thread.sleep(IDLE.toMillis());
            atMost("idle RSS (MiB)", 150, server.residentKib() / 1024.0);
            double share = 100.0 * (server.cpuMillis() - cpu) / IDLE.toMillis();
            atMost("idle CPU (% of a core)", 0.5, share);
            String objects = namespace(server, "objects");
            String many = namespace(server, "many");
            create(server, "ConfigMap", many, objects, 4 * 1211, 0.275);
            create(server, "Pod", many, namespace(server, "more"), 4 * 790, 0.425);
            fill(server, objects, 0, PODS);
            String get = objects + "configmaps/configmap-0";
            Figures gets = many(server, 40_000, i -> request(get).build());
            atLeast("gets/s, 8 clients (generator is the limit)", 15_000, gets.rate);
            note("get: server CPU (ms)", gets.cpuMillis);
            String pods = objects + "pods";
            atMost("LIST of 5,000 pods, p50 (ms)", 50, median(pods));
            atMost(
                    "label query 100 of 5,000, p50 (ms)",
                    3,
                    median(pods + "?labelSelector=slice%3D7"));
            watch(server, objects);
            fill(server, many, WARM_UP, MANY_PODS - PODS - CREATES);
            atMost("heap of the server with 100,000 pods (MiB)", 700, server.heapKib() / 1024);
            note("RSS of the server with 100,000 pods (MiB)", server.residentKib() / 1024);
        } finally {
            server.stop();
            delete(directory);
        }
    }

    /** Makes a namespace and returns where its objects are. */
    private String namespace(Server server, String name) throws Exception {
        String body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                        .formatted(name);
        HttpRequest.Builder all = request(server.url + "/api/v1/namespaces");
        ok(all.POST(BodyPublishers.ofString(body)).build(), clients[0]);
        return server.url + "/api/v1/namespaces/" + name + "/";
    }

    /** Creates pods until there are so many of them. */
    private void fill(Server server, String objects, int from, int to) throws Exception {
        many(server, to - from, i -> post(objects + "pods", body("Pod", from + i)));
    }

    /** Creates objects, first in another place for warming up. */
    private void create(
            Server server, String kind, String warm, String measured, double rate, double cpu)
            throws Exception {
        String resource = kind.toLowerCase(Locale.ROOT) + "s";
        many(server, WARM_UP, i -> post(warm + resource, body(kind, i)));
        Figures figures = many(server, CREATES, i -> post(measured + resource, body(kind, i)));
        atLeast(kind + " creates/s, 8 clients (generator is the limit)", rate, figures.rate);
        atMost(kind + " create: server CPU (ms)", cpu, figures.cpuMillis);
    }

    private static HttpRequest post(String url, String body) {
        return request(url).POST(BodyPublishers.ofString(body)).build();
    }

    private static String body(String kind, int i) {
        String head =
                "{\"apiVersion\":\"v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s-%d\",\"labels\":{\"slice\":\"%d\"}},"
                        .formatted(kind, kind.toLowerCase(Locale.ROOT), i, i % 50);
        return kind.equals("Pod")
                ? head + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"nginx:1.29\"}]}}"
                : head + "\"data\":{\"key\":\"" + "v".repeat(200) + "\"}}";
    }

    private interface Requests {
        HttpRequest of(int number);
    }

    private record Figures(double rate, double cpuMillis) {}

    private Figures many(Server server, int count, Requests requests) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long cpu = server.cpuMillis();
        long before = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<java.util.concurrent.Future<?>> all = new ArrayList<>();
            for (HttpClient client : clients) {
                all.add(
                        threads.submit(() -> {
                            for (int i = next.getAndIncrement();
                                    i < count;
                                    i = next.getAndIncrement()) {
                                ok(requests.of(i), client);
                            }
                            return null;
                        }));
            }
            for (var one : all) {
                one.get();
            }
        }
        double seconds = (System.nanoTime() - before) / 1e9;
        return new Figures(count / seconds, (server.cpuMillis() - cpu) / (double) count);
    }

    private double median(String url) throws Exception {
        double[] millis = new double[30];
        for (int i = -10; i < millis.length; i++) {
            long before = System.nanoTime();
            ok(request(url).build(), clients[0]);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - before) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }

    /** 100 watchers of ConfigMaps that 8 writers patch: as fast as they can, then paced. */
    private void watch(Server server, String objects) throws Exception {
        Deliveries seen = new Deliveries();
        String url = objects + "configmaps?watch=true&timeoutSeconds=120&resourceVersion=";
        String revision =
                ok(request(objects + "configmaps?limit=1").build(), clients[0])
                        .replaceFirst("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
        for (int i = 0; i < WATCHERS; i++) {
            HttpResponse<Stream<String>> answer =
                    clients[i % CLIENTS].send(
                            request(url + revision).build(), BodyHandlers.ofLines());
            Thread.ofPlatform().daemon().start(() -> answer.body().forEach(seen::add));
        }
        saturated(server, objects, seen);
        paced(server, objects, seen);
    }

    private void saturated(Server server, String objects, Deliveries seen) throws Exception {
        int writes = 2_000;
        long cpu = server.cpuMillis();
        long before = System.nanoTime();
        many(server, writes, i -> patch(objects));
        long delivered = seen.await((long) writes * WATCHERS);
        double seconds = (System.nanoTime() - before) / 1e9;
        double micros = 1e3 * (server.cpuMillis() - cpu) / delivered;
        atLeast("watch deliveries/s (generator is the limit)", 60_000, delivered / seconds);
        atMost("watch delivery: server CPU with the writes (us)", 34, micros);
        atLeast("share of the events delivered (%)", 100, share(delivered, writes));
    }

    /** From before the request of the writer until the event has been read by the watcher. */
    private void paced(Server server, String objects, Deliveries seen) throws Exception {
        seen.clear();
        int writes = PACED_EVENTS * PACED_SECONDS;
        long start = System.nanoTime();
        many(
                server,
                writes,
                i -> {
                    LockSupport.parkNanos(
                            start + i * (1_000_000_000L / PACED_EVENTS) - System.nanoTime());
                    return patch(objects);
                });
        double seconds = (System.nanoTime() - start) / 1e9;
        long delivered = seen.await((long) writes * WATCHERS);
        atLeast("paced events/s to 100 watchers", PACED_EVENTS * 0.98, writes / seconds);
        atLeast("share of the paced events delivered (%)", 100, share(delivered, writes));
        atMost("paced write to event, p99 (ms)", 20, seen.percentileMillis(99));
    }

    private static double share(long delivered, int writes) {
        return 100.0 * delivered / ((long) writes * WATCHERS);
    }

    /** A change that carries the time of its making. */
    private static HttpRequest patch(String objects) {
        int number = ThreadLocalRandom.current().nextInt(PODS);
        return request(objects + "configmaps/configmap-" + number)
                .setHeader("Content-Type", "application/merge-patch+json")
                .method(
                        "PATCH",
                        BodyPublishers.ofString(
                                "{\"data\":{\"made\":\"" + System.nanoTime() + "\"}}"))
                .build();
    }

    /** The events that have come, and how old they were. */
    private static final class Deliveries {
        private static final int SLOTS = 100_000;
        private static final long SLOT_NANOS = 100_000;

        private final AtomicLong count = new AtomicLong();
        private final AtomicIntegerArray ages = new AtomicIntegerArray(SLOTS);

        void add(String line) {
            int at = line.indexOf("\"made\":\"");
            int from = at + "\"made\":\"".length();
            long made = at < 0 ? 0 : Long.parseLong(line, from, line.indexOf('"', from), 10);
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

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60));
    }

    private static String ok(HttpRequest request, HttpClient client)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    request + " was answered by " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static void atMost(String what, double goal, double value) {
        line(what, "<=", goal, value, value <= goal);
    }

    private static void atLeast(String what, double goal, double value) {
        line(what, ">=", goal, value, value >= goal);
    }

    private static void line(String what, String sign, double goal, double value, boolean met) {
        System.out.printf(
                Locale.ROOT,
                "%-60s goal %s %,12.3f   measured %,12.3f   %s%n",
                what,
                sign,
                goal,
                value,
                met ? "met" : "MISSED");
    }

    private static void note(String what, double value) {
        System.out.printf(Locale.ROOT, "%-60s %32s measured %,12.3f%n", what, "", value);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A server process. */
    private final class Server {
        private final Process process;
        private final String url;

        Server(Path directory, String options) throws IOException {
            Path tokens = directory.resolve("tokens.csv");
            Files.writeString(tokens, TOKEN + ",benchmark,1,\"system:masters\"\n");
            ProcessBuilder builder =
                    new ProcessBuilder(
                            script,
                            "serve",
                            "--data-dir",
                            directory.toString(),
                            "--port",
                            "0",
                            "--token-auth-file",
                            tokens.toString());
            builder.environment().merge("PILOTHOUSE_JAVA_OPTS", options, (a, b) -> a + " " + b);
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
            process = builder.start();
            BufferedReader out = process.inputReader();
            String line = out.readLine();
            while (line != null && !line.contains("is ready at ")) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IOException("the server did not start");
            }
            url = line.replaceFirst(".*is ready at (\\S+).*", "$1");
        }

        long cpuMillis() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
        }

        /** Resident memory, from Linux' /proc; not a number elsewhere. */
        double residentKib() throws IOException {
            Path status = Path.of("/proc/" + process.pid() + "/status");
            if (!Files.exists(status)) {
                return Double.NaN;
            }
            try (Stream<String> lines = Files.lines(status)) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(Double.NaN);
            }
        }

        /** Bytes of all objects that are left after a collection, from the JDK's own tool. */
        double heapKib() throws IOException, InterruptedException {
            String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Process jcmd =
                    new ProcessBuilder(tool, Long.toString(process.pid()), "GC.class_histogram")
                            .start();
            String said = jcmd.inputReader().readAllAsString();
            jcmd.waitFor();
            Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(said);
            return total.find() ? Double.parseDouble(total.group(1)) / 1024 : Double.NaN;
        }

        void stop() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    /** The server is the one just started. */
    private static final class AnyServer extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
