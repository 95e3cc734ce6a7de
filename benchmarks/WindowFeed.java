import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.pki.ClusterPki;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands between a window and a server, over TLS, and passes requests on; but the watch of pods it
 * feeds itself, at whatever rate is wanted. A server that has to store as many changes would need
 * the whole machine.
 */
final class WindowFeed implements AutoCloseable {

    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private final HttpsServer relay;
    private final HttpClient client;
    private final URI server;
    private final List<byte[]> rows = new ArrayList<>();
    private final CountDownLatch hold = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private final int perSecond;
    private final int status;
    private final int restarts;
    private volatile boolean flowing;

    WindowFeed(String url, Path directory, int perSecond) throws Exception {
        this.perSecond = perSecond;
        server = URI.create(url);
        ClusterPki pki = ClusterPki.load(directory);
        client = HttpClient.newBuilder().sslContext(pki.adminContext()).build();
        List<String> columns = readRows();
        status = columns.indexOf("Status");
        restarts = columns.indexOf("Restarts");
        relay = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relay.setHttpsConfigurator(new HttpsConfigurator(pki.serverContext()));
        relay.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        relay.createContext("/", this::answer);
        relay.start();
    }

    String url() {
        return "https://127.0.0.1:" + relay.getAddress().getPort();
    }

    long sent() {
        return sent.get();
    }

    /** Lets changes come, or no longer. */
    void flow(boolean now) {
        flowing = now;
    }

    private List<String> readRows() throws Exception {
        List<String> columns = new ArrayList<>();
        String next = "";
        do {
            String path = "/api/v1/pods?limit=500" + (next.isEmpty() ? "" : "&continue=" + next);
            HttpRequest request =
                    HttpRequest.newBuilder(server.resolve(path)).header("Accept", TABLE).build();
            ObjectNode table =
                    Json.parseObject(client.send(request, BodyHandlers.ofByteArray()).body());
            if (next.isEmpty()) {
                Json.objects(table, "columnDefinitions")
                        .forEach(column -> columns.add(Json.text(column, "name")));
            }
            Json.objects(table, "rows").forEach(row -> rows.add(Json.bytes(row)));
            next = Json.text(table, "metadata", "continue");
        } while (!next.isEmpty());
        return columns;
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String query = String.valueOf(asked.getRawQuery());
        try (OutputStream out = exchange.getResponseBody()) {
            if (asked.getPath().equals("/api/v1/pods") && query.contains("watch=1")) {
                exchange.sendResponseHeaders(200, 0);
                feed(new BufferedOutputStream(out, 65_536));
            } else if (query.contains("watch=1")) {
                exchange.sendResponseHeaders(200, 0);
                out.flush();
                hold.await();
            } else {
                pass(exchange, out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, OutputStream out)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(exchange.getRequestURI().toString()))
                        .header("Accept", exchange.getRequestHeaders().getFirst("Accept"))
                        .build();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(
                answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        out.write(answer.body());
    }

    /** Every few milliseconds the changes that are due. */
    private void feed(OutputStream out) throws IOException {
        Random random = new Random(1);
        long revision = 1_000_000_000L;
        out.write('\n');
        out.flush();
        while (hold.getCount() > 0) {
            long begin = System.nanoTime();
            for (long done = 0; flowing; ) {
                long due = (long) ((System.nanoTime() - begin) / 1e9 * perSecond);
                for (; done < due; done++) {
                    out.write(event(random, ++revision));
                    sent.incrementAndGet();
                }
                out.flush();
                LockSupport.parkNanos(4_000_000);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private byte[] event(Random random, long revision) {
        ObjectNode row = Json.parseObject(rows.get(random.nextInt(rows.size())));
        int count = random.nextInt(100);
        if (row.path("cells") instanceof ArrayNode cells) {
            cells.set(status, count % 3 == 0 ? "Pending" : "Running");
            cells.set(restarts, Integer.toString(count));
        }
        if (row.path("object").path("metadata") instanceof ObjectNode metadata) {
            metadata.put("resourceVersion", Long.toString(revision));
        }
        ObjectNode event = Json.object().put("type", "MODIFIED");
        ObjectNode table = event.putObject("object");
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata").put("resourceVersion", Long.toString(revision));
        table.putArray("rows").add(row);
        return (new String(Json.bytes(event), StandardCharsets.UTF_8) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        flowing = false;
        hold.countDown();
        relay.stop(0);
        client.shutdownNow();
    }
}
