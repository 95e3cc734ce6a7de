package dev.pilothouse.ui.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Stands between a client and a server, and writes down what changes the server. */
final class Recorder implements AutoCloseable {

    private static final Set<String> OURS =
            Set.of("content-length", "transfer-encoding", "connection", "date");
    private static final Set<String> PASSED =
            new TreeSet<>(List.of("accept", "content-type", "user-agent"));

    private final URI server;
    private final HttpClient client;
    private final HttpServer listener;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    /** A request other than a GET, without its query. */
    record Change(String method, String path, String type, String body) {}

    Recorder(URI server, SSLContext tls) throws IOException {
        this.server = server;
        this.client =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.setExecutor(workers);
        listener.createContext("/", this::pass);
        listener.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getAddress().getPort());
    }

    /** What was sent since the last time this was asked. */
    List<Change> take() {
        List<Change> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (!exchange.getRequestMethod().equals("GET")) {
                changes.add(
                        new Change(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().getPath(),
                                type == null ? "" : type,
                                new String(body, StandardCharsets.UTF_8)));
            }
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders()
                    .forEach((name, values) -> {
                        if (PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                            values.forEach(value -> request.header(name, value));
                        }
                    });
            HttpResponse<InputStream> answer =
                    client.send(request.build(), BodyHandlers.ofInputStream());
            answer.headers()
                    .map()
                    .forEach((name, values) -> {
                        if (!OURS.contains(name.toLowerCase(Locale.ROOT))
                                && !name.startsWith(":")) {
                            exchange.getResponseHeaders().put(name, values);
                        }
                    });
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            try (InputStream from = answer.body();
                    var to = exchange.getResponseBody()) {
                byte[] part = new byte[8192];
                for (int read = from.read(part); read >= 0; read = from.read(part)) {
                    to.write(part, 0, read);
                    to.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        listener.stop(0);
        workers.shutdownNow();
        client.shutdownNow();
    }
}
