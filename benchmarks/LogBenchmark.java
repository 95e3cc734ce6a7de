import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.logs.feed.History;
import dev.pilothouse.ui.logs.feed.LogFeed;
import dev.pilothouse.ui.logs.feed.LogTarget;
import dev.pilothouse.ui.logs.store.Level;
import dev.pilothouse.ui.logs.store.LineFilter;
import dev.pilothouse.ui.logs.store.LogLine;
import dev.pilothouse.ui.logs.store.LogStore;
import dev.pilothouse.ui.logs.store.LogView;
import dev.pilothouse.ui.logs.store.Scanner;
import dev.pilothouse.ui.logs.store.TextPattern;
import dev.pilothouse.ui.logs.store.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Reads the logs of twenty pods over HTTP as the window does, as fast as it can, and checks that
 * every line has come and stands where its time says. Prints one line per figure.
 */
final class LogBenchmark {

    private static final int PODS = 20;
    private static final long T0 = 1_790_000_000_000_000_000L;

    private LogBenchmark() {}

    /** The number of lines may be given; five million without it. */
    public static void main(String[] arguments) throws Exception {
        int lines = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000_000;
        int each = lines / PODS;
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var hold = new CountDownLatch(1);
        server.createContext(
                "/api/v1/namespaces/bench/pods", exchange -> answer(exchange, each, hold));
        server.start();
        Path directory = Files.createTempDirectory("pilothouse-benchmark");
        var endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (var cluster =
                        new HttpCluster(Access.of("benchmark", endpoint, SSLContext.getDefault()));
                var store = new LogStore(directory);
                var scanner = new Scanner(store, () -> {})) {
            var view = new LogView(store, LineFilter.ALL);
            scanner.add(view);
            long start = System.nanoTime();
            LogTarget target = LogTarget.selector("bench", "bench", "app=bench");
            try (var feed = new LogFeed(cluster, store, target, History.ALL, false, () -> {})) {
                await(() -> view.size() == each * PODS);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "logs: %,d lines of %d pods in %.1f s: %,.0f lines/s, %d MB on disk, %d MB of heap%n",
                        view.size(),
                        PODS,
                        seconds,
                        view.size() / seconds,
                        store.bytes() >> 20,
                        heap());
                Report.atLeast("logs of 20 pods: lines/s", 50_000, view.size() / seconds);
                check(view, each);
                search(store, scanner, "4711 of", false);
                search(store, scanner, "request \\d*4711 .* 50[0-9]", true);
            }
        } finally {
            hold.countDown();
            server.stop(0);
            Files.deleteIfExists(directory);
        }
    }

    private static void check(LogView view, int each) throws IOException {
        int[] next = new int[PODS];
        long before = 0;
        long misplaced = 0;
        long late = 0;
        for (int at = 0; at < view.size(); at += 4096) {
            for (LogLine line : view.lines(at, 4096)) {
                late += line.time() < before ? 1 : 0;
                before = Math.max(before, line.time());
                String text = line.text();
                int pod = Integer.parseInt(text.substring(4, text.indexOf(' ', 4)));
                int number =
                        Integer.parseInt(
                                text.substring(
                                        text.indexOf('#') + 1,
                                        text.indexOf(' ', text.indexOf('#'))));
                misplaced += number == next[pod] ? 0 : 1;
                next[pod] = number + 1;
            }
        }
        long lost = 0;
        for (int count : next) {
            lost += each - count;
        }
        System.out.printf(
                "logs: %d lost, %d out of order (%d by time, %d within their pod)%n",
                lost, late + misplaced, late, misplaced);
        Report.atMost("the same: lost", 0, lost);
        Report.atMost("the same: out of order", 0, late + misplaced);
        if (lost + late + misplaced > 0) {
            System.exit(1);
        }
    }

    private static void search(LogStore store, Scanner scanner, String text, boolean regex)
            throws InterruptedException {
        var hits =
                new LogView(
                        store,
                        new LineFilter(TextPattern.of(text, regex), new BitSet(), Level.NONE));
        long start = System.nanoTime();
        scanner.add(hits);
        await(() -> hits.size() > 0 || hits.tested() == store.size());
        double first = (System.nanoTime() - start) / 1e6;
        await(() -> hits.tested() == store.size());
        System.out.printf(
                "logs: %s \"%s\": first hit after %.0f ms, all %,d after %.1f s%n",
                regex ? "regular expression" : "text",
                text,
                first,
                hits.size(),
                (System.nanoTime() - start) / 1e9);
        scanner.remove(hits);
    }

    private static long heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        while (!condition.holds()) {
            Thread.sleep(2);
        }
    }

    private static void answer(HttpExchange exchange, int each, CountDownLatch hold)
            throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (OutputStream out = exchange.getResponseBody()) {
            if (path.endsWith("/log")) {
                exchange.sendResponseHeaders(200, 0);
                log(out, Integer.parseInt(path.split("/")[6].substring(4)), each);
                hold.await();
            } else if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=1")) {
                exchange.sendResponseHeaders(200, 0);
                out.flush();
                hold.await();
            } else {
                byte[] list = pods().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, list.length);
                out.write(list);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Times of all pods interleave; a pod's clock stands still at times, as clocks do. */
    private static void log(OutputStream out, int pod, int each) throws IOException {
        var random = new Random(pod);
        var text = new StringBuilder();
        long time = T0 + pod * 1_000L;
        for (int i = 0; i < each; i++) {
            time += random.nextInt(4) == 0 ? 0 : random.nextInt(800_000);
            text.append(Timestamps.format(time))
                    .append(" pod ")
                    .append(pod)
                    .append(" #")
                    .append(i)
                    .append(" request ")
                    .append(i * 31L % 100_000)
                    .append(" of customer ")
                    .append(random.nextInt(9999))
                    .append(" was answered with ")
                    .append(random.nextInt(50) == 0 ? 500 : 200)
                    .append(" in ")
                    .append(random.nextInt(900))
                    .append(" ms\n");
            if (text.length() > 32_768) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String pods() {
        var items = new StringBuilder();
        for (int i = 0; i < PODS; i++) {
            items.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"metadata":{"name":"pod-%1$d","namespace":"bench","uid":"uid-%1$d"},
                             "spec":{"containers":[{"name":"main"}]},
                             "status":{"containerStatuses":[{"name":"main","containerID":"bench://%1$d",
                               "state":{"running":{}}}]}}
                            """
                                    .formatted(i));
        }
        return "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":["
                + items
                + "]}";
    }
}
