package dev.pilothouse.model.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.meta.WatchEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client over real HTTP against a server of a few lines. */
class ApiClientTest {

    private static final GroupVersionResource DEPLOYMENTS =
            new GroupVersionResource("apps", "v1", "deployments");

    private final List<String> seen = new ArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final CountDownLatch hold = new CountDownLatch(1);
    private HttpServer server;
    private HttpTransport transport;
    private ApiClient client;

    private record Answer(int status, Map<String, String> headers, String body) {}

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prefix/");
        transport =
                new HttpTransport(
                        uri, SSLContext.getDefault(), () -> Map.of("authorization", "Bearer t"));
        client = new ApiClient(transport, pauses::add);
    }

    @AfterEach
    void stop() {
        hold.countDown();
        transport.close();
        server.stop(0);
    }

    @Test
    void buildsPathsAndQueries() {
        answer(
                200,
                "{\"metadata\":{\"resourceVersion\":\"7\",\"remainingItemCount\":3},\"items\":[{},{}]}");
        ObjectList list =
                client.resource(DEPLOYMENTS)
                        .list(ListOptions.in("n").withLabels("a in (b, c)").page(2, "x+/="));

        assertEquals("7", list.resourceVersion());
        assertEquals(3, list.remaining());
        assertEquals(2, list.items().size());
        assertEquals(
                "GET /prefix/apis/apps/v1/namespaces/n/deployments?labelSelector=a%20in%20%28b%2C%20c%29&limit=2"
                        + "&continue=x%2B%2F%3D Bearer t ",
                seen.getFirst());
    }

    @Test
    void sendsDeleteOptionsAsBody() {
        answer(200, "{}");
        client.resource(DEPLOYMENTS)
                .delete("n", "d", DeleteOptions.of(Propagation.FOREGROUND).only("u", "5"));

        assertEquals(
                "DELETE /prefix/apis/apps/v1/namespaces/n/deployments/d Bearer t "
                        + "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"propagationPolicy\":\"Foreground\","
                        + "\"preconditions\":{\"uid\":\"u\",\"resourceVersion\":\"5\"}}",
                seen.getFirst());
    }

    @Test
    void throwsTheStatusOfTheServer() {
        answer(
                404,
                ApiException.notFound(DEPLOYMENTS.groupResource(), "d")
                        .status()
                        .toJson()
                        .toString());

        ApiException e =
                assertThrows(ApiException.class, () -> client.resource(DEPLOYMENTS).get("n", "d"));
        assertEquals(StatusReason.NOT_FOUND, e.reason());
        assertEquals("deployments.apps \"d\" not found", e.getMessage());
    }

    @Test
    void makesStatusOfAnswersThatAreNone() {
        answer(502, "bad gateway");

        ApiException e =
                assertThrows(ApiException.class, () -> client.resource(DEPLOYMENTS).get("n", "d"));
        assertEquals(502, e.status().code());
        assertEquals("bad gateway", e.getMessage());
    }

    @Test
    void waitsAsLongAsTheServerSaysBeforeTryingAgain() {
        answers.add(new Answer(429, Map.of("Retry-After", "3"), "{}"));
        answers.add(new Answer(503, Map.of("Retry-After", "1"), "{}"));
        answer(200, "{\"kind\":\"Deployment\"}");

        assertEquals("Deployment", Json.text(client.resource(DEPLOYMENTS).get("n", "d"), "kind"));
        assertEquals(List.of(Duration.ofSeconds(3), Duration.ofSeconds(1)), pauses);
    }

    @Test
    void givesUpAfterTenRetries() {
        for (int i = 0; i < 20; i++) {
            answers.add(new Answer(429, Map.of("Retry-After", "1"), "{}"));
        }

        ApiException e =
                assertThrows(ApiException.class, () -> client.resource(DEPLOYMENTS).get("n", "d"));
        assertEquals(StatusReason.TOO_MANY_REQUESTS, e.reason());
        assertEquals(11, seen.size());
    }

    @Test
    void tellsWhenTheServerCannotBeReached() {
        server.stop(0);

        assertThrows(TransportException.class, () -> client.resource(DEPLOYMENTS).get("n", "d"));
    }

    @Test
    void streamsWatchEventsUntilClosed() throws Exception {
        answer(200, "watch");
        try (Watch watch =
                client.resource(DEPLOYMENTS).watch(WatchOptions.after(ListOptions.ALL, "5"))) {
            assertEquals(
                    "a",
                    watch.next() instanceof WatchEvent.Added(var object)
                            ? Json.text(object, "metadata", "name")
                            : "no event");
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            Thread.sleep(50);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        watch.close();
                    });
            assertNull(watch.next());
        }
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, Map.of(), body));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("Authorization")
                        + " "
                        + body);
        Answer answer = answers.remove();
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(answer.status(), 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (answer.body().equals("watch")) {
                out.write(
                        "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\"}}}\n{\"type\""
                                .getBytes(StandardCharsets.UTF_8));
                out.flush();
                hold.await();
            } else {
                out.write(answer.body().getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
