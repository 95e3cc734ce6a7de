package dev.pilothouse.ui.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.testing.FaultyServer;
import dev.pilothouse.ui.testing.FaultyServer.Handler;
import dev.pilothouse.ui.testing.FaultyServer.Reply;
import dev.pilothouse.ui.testing.FaultyServer.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of answers that are late, broken, or no answers of a Kubernetes API server. */
class FaultsTest {

    private static final Kind PODS = new Kind("", "v1", "pods", "Pod", true);
    private static final String JSON = "application/json";
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Long enough for what answers, short for what does not. */
    private static final Patience SHORT =
            new Patience(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10));

    private static final String TABLE =
            """
            {"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": {"resourceVersion": "7"},
             "columnDefinitions": [{"name": "Name", "type": "string"}],
             "rows": [{"cells": ["web"], "object": {"metadata":
               {"name": "web", "namespace": "shop", "uid": "u", "resourceVersion": "7"}}}]}
            """;

    private final Told told = new Told();
    private FaultyServer server;
    private HttpCluster cluster;
    private Subscription following;

    @AfterEach
    void end() throws Exception {
        if (following != null) {
            following.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void serve(Handler handler) throws Exception {
        serve(handler, Access.Headers.NONE);
    }

    private void serve(Handler handler, Access.Headers headers) throws Exception {
        server = new FaultyServer(handler);
        cluster = client(server.endpoint(), headers);
    }

    private static HttpCluster client(URI endpoint, Access.Headers headers) throws Exception {
        return new HttpCluster(
                new Access(
                        "faulty",
                        endpoint,
                        SSLContext.getDefault(),
                        null,
                        headers,
                        Access.Marks.NONE),
                SHORT);
    }

    private void follow() {
        following = cluster.followTable(PODS, TableQuery.ALL, told);
    }

    private String failure() {
        IOException failure =
                assertThrows(IOException.class, () -> cluster.object(PODS, "shop", "web"));
        return String.valueOf(failure.getMessage());
    }

    private static void says(String sentence, String... parts) {
        for (String part : parts) {
            assertTrue(sentence.contains(part), part + " is not in: " + sentence);
        }
    }

    private static void forbid(Reply reply, String message) throws IOException {
        reply.send(
                403,
                JSON,
                "{\"kind\": \"Status\", \"code\": 403, \"message\": \""
                        + message.replace("\"", "\\\"")
                        + "\"}");
    }

    @Test
    void aRequestTooManyIsSentAgainWhenTheServerSays() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        serve((request, reply) -> {
            if (asked.incrementAndGet() < 3) {
                reply.send(429, JSON, "{\"message\": \"slow down\"}", "Retry-After: 1");
            } else {
                reply.send(200, JSON, "{\"kind\": \"Pod\"}");
            }
        });

        assertEquals("Pod", cluster.object(PODS, "shop", "web").path("kind").asString());

        List<Request> requests = server.requests();
        assertEquals(3, requests.size());
        assertTrue(requests.get(1).nanos() - requests.get(0).nanos() >= 990_000_000L);
        assertEquals(2, cluster.requests().throttled());
    }

    @Test
    void whoHasToWaitLongIsToldHowLong() throws Exception {
        serve((request, reply) ->
                reply.send(429, JSON, "{\"message\": \"Too many.\"}", "Retry-After: 120"));

        says(failure(), "120 seconds", "Too many.");
        assertEquals(1, server.requests().size());
    }

    @Test
    void aDisruptionBudgetThatRefusesIsAnAnswerAndNotWaitedFor() throws Exception {
        serve((request, reply) ->
                reply.send(429, JSON, "{\"message\": \"budget\"}", "Retry-After: 1"));

        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () ->
                                cluster.call(
                                        new ApiCall(
                                                "POST",
                                                PODS.path("shop", "web") + "/eviction",
                                                JSON,
                                                Json.object())));

        assertEquals(429, refused.code());
        assertEquals(1, server.requests().size());
    }

    @Test
    void aViewWaitsAsLongAsTheServerAsksAndGoesOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        serve((request, reply) -> {
            if (request.isWatch()) {
                reply.begin(200, JSON);
                Thread.sleep(20_000);
            } else if (asked.incrementAndGet() == 1) {
                reply.send(429, JSON, "{\"message\": \"later\"}", "Retry-After: 11");
            } else {
                reply.send(200, JSON, TABLE);
            }
        });
        follow();

        await().atMost(LONG).until(() -> told.lost() != null);
        says(told.lost().reason(), "11 seconds");
        following.retry();
        // The user need not wait.
        await().atMost(LONG).until(() -> told.rows.size() == 1);
    }

    @Test
    void noAnswerEndsTheWait() throws Exception {
        serve((request, reply) -> Thread.sleep(60_000));

        says(failure(), "takes too long", server.endpoint().getAuthority());
    }

    @Test
    void anAnswerThatStopsInTheMiddleEndsTheWait() throws Exception {
        serve((request, reply) -> {
            reply.begin(200, JSON);
            reply.write("{\"kind\": ");
            Thread.sleep(60_000);
        });

        says(failure(), "takes too long");
    }

    @Test
    void aListThatNeverComesIsToldAndComesLater() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        serve((request, reply) -> {
            if (!well.get() || request.isWatch()) {
                Thread.sleep(60_000);
            }
            reply.send(200, JSON, TABLE);
        });
        follow();

        await().atMost(LONG).until(() -> told.lost() != null);
        says(told.lost().reason(), "takes too long");
        well.set(true);
        await().atMost(LONG).until(() -> told.rows.size() == 1);
    }

    @Test
    void aWatchThatIsResetHealsByItself() throws Exception {
        AtomicInteger watches = new AtomicInteger();
        serve((request, reply) -> {
            if (!request.isWatch()) {
                reply.send(200, JSON, TABLE);
                return;
            }
            reply.begin(200, JSON);
            if (watches.incrementAndGet() == 1) {
                Thread.sleep(300);
                reply.write("{\"type\": \"MODIFIED\", \"obj");
                reply.reset();
            }
            Thread.sleep(60_000);
        });
        follow();

        await().atMost(LONG).until(() -> told.lost() != null);
        says(told.lost().reason(), "broke off");
        await().atMost(LONG).until(() -> told.last() instanceof Connection.Live);
        assertEquals(2, watches.get());
    }

    @Test
    void aWatchThatEndsInTheMiddleOfALineHealsByItself() throws Exception {
        AtomicInteger watches = new AtomicInteger();
        serve((request, reply) -> {
            if (!request.isWatch()) {
                reply.send(200, JSON, TABLE);
                return;
            }
            reply.begin(200, JSON);
            if (watches.incrementAndGet() == 1) {
                reply.write("{\"type\": \"MODI");
                return;
            }
            Thread.sleep(60_000);
        });
        follow();

        await().atMost(LONG).until(() -> told.lost() != null);
        says(told.lost().reason(), "broke off in the middle");
        await().atMost(LONG).until(() -> told.last() instanceof Connection.Live);
    }

    @Test
    void aWatchThatHasDiedUnseenIsNoticed() throws Exception {
        serve((request, reply) -> {
            if (request.isWatch()) {
                says(request.path(), "timeoutSeconds=1&");
                reply.begin(200, JSON);
                Thread.sleep(60_000);
            }
            reply.send(200, JSON, TABLE);
        });
        follow();

        await().atMost(LONG).until(() -> told.last() instanceof Connection.Live);
        await().atMost(LONG).until(() -> told.lost() != null);
        says(told.lost().reason(), "takes too long");
    }

    @Test
    void aServerThatEndsWatchesAtOnceIsNotAskedWithoutPause() throws Exception {
        serve((request, reply) -> {
            if (request.isWatch()) {
                reply.send(200, JSON, "{\"type\": \"ERROR\", \"object\": {\"code\": 500}}\n");
            } else {
                reply.send(200, JSON, TABLE);
            }
        });
        follow();

        await().atMost(LONG).until(() -> server.requests().size() >= 8);
        List<Request> requests = server.requests();
        // Waits of 250, 500 and 1,000 milliseconds lie between four lists.
        assertTrue(requests.get(7).nanos() - requests.get(0).nanos() > 1_500_000_000L);
    }

    @Test
    void whatCannotBeUnderstoodIsNoReasonToStop() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        serve((request, reply) -> {
            if (request.isWatch()) {
                Thread.sleep(60_000);
            }
            reply.send(200, JSON, well.get() ? TABLE : TABLE.replace("[{\"cells\"", "[3, {\"x\""));
        });
        follow();
        await().atMost(LONG).until(() -> !server.requests().isEmpty());
        well.set(true);
        await().atMost(LONG)
                .until(() -> told.rows.size() == 1 && told.rows.getFirst().cells().size() == 1);
    }

    @Test
    void whatIsNoApiServerIsToldFromOne() throws Exception {
        serve((request, reply) -> reply.send(200, "text/html", "<html>Please log in</html>"));
        says(failure(), "does not seem to be a Kubernetes API server", "text/html", "login page");
        follow();
        await().atMost(LONG).until(() -> told.lost() != null);
        says(told.lost().reason(), "text/html");
    }

    @Test
    void aServerWithoutKindsIsTold() throws Exception {
        serve((request, reply) -> reply.send(200, JSON, "{\"hello\": \"world\"}"));
        List<String> failures = new CopyOnWriteArrayList<>();
        following =
                cluster.followKinds(
                        new KindsEvents() {
                            @Override
                            public void kinds(List<Kind> kinds) {
                                failures.add("kinds: " + kinds);
                            }

                            @Override
                            public void failed(String reason) {
                                failures.add(reason);
                            }
                        });

        await().atMost(LONG).until(() -> !failures.isEmpty());
        says(failures.getFirst(), "names no kinds", "address");
    }

    @Test
    void aRedirectionIsTold() throws Exception {
        serve((request, reply) ->
                reply.send(302, "text/html", "", "Location: https://login.example.org/start"));

        says(failure(), "https://login.example.org/start", "Sign in");
    }

    @ParameterizedTest
    @CsvSource({
        "502, not ready",
        "503, not ready",
        "504, not ready",
        "413, nothing as large",
        "500, 500"
    })
    void answersWithoutAStatusAreSentences(int code, String words) throws Exception {
        serve((request, reply) -> reply.send(code, "text/html", "<html>nginx</html>"));

        says(failure(), words);
    }

    @Test
    void whoMayNotIsToldWhatToAskFor() throws Exception {
        serve((request, reply) ->
                forbid(
                        reply,
                        "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API"
                                + " group \"\" in the namespace \"shop\""));

        String sentence = failure();

        says(sentence, "User \"jane\" cannot list pods in namespace \"shop\".");
        says(sentence, "role that allows get, list, watch on pods");
    }

    @Test
    void whoMayNotInTheWholeClusterIsToldWhatToAskFor() throws Exception {
        serve((request, reply) ->
                forbid(
                        reply,
                        "x is forbidden: User \"system:serviceaccount:a:b\" cannot patch resource"
                                + " \"deployments/scale\" in API group \"apps\" at the cluster"
                                + " scope: no rule"));

        says(failure(), "cannot patch deployments/scale.apps in the whole cluster", "allows patch");
    }

    @Test
    void whatAdmissionForbidsIsSaidInItsWords() throws Exception {
        serve((request, reply) -> forbid(reply, "pods \"web\" is forbidden: exceeded quota: q"));

        assertEquals("pods \"web\" is forbidden: exceeded quota: q", failure());
    }

    @Test
    void aKindThatIsGoneIsTold() throws Exception {
        serve((request, reply) ->
                reply.send(
                        404,
                        JSON,
                        "{\"message\": \"the server could not find the requested resource\"}"));

        says(failure(), "the kind may have been removed");
    }

    @Test
    void anExpiredTokenIsRenewedOnceAndForAllViews() throws Exception {
        Tokens tokens = new Tokens();
        serve(tokens::answer, tokens);

        assertEquals("Pod", cluster.object(PODS, "shop", "web").path("kind").asString());
        assertEquals(1, tokens.renewals.get());

        tokens.fileHas = "old";
        tokens.valid = "newest";
        following = cluster.followTable(PODS, TableQuery.ALL, told);
        await().atMost(LONG).until(() -> told.lost() != null);
        assertTrue(told.lost().isUnauthorized());
        says(told.lost().reason(), "401 Unauthorized", "Sign in with the tool.");
        tokens.fileHas = "newest";
        await().atMost(LONG).until(() -> told.rows.size() == 1);
    }

    /** A file with a token, which somebody renews. */
    private static final class Tokens implements Access.Headers {
        private final AtomicInteger renewals = new AtomicInteger();
        private volatile String current = "old";
        private volatile String fileHas = "new";
        private volatile String valid = "new";

        void answer(Request request, Reply reply) throws IOException, InterruptedException {
            if (!("Bearer " + valid).equals(request.headers().get("authorization"))) {
                reply.send(401, JSON, "{\"message\": \"Unauthorized\"}");
            } else if (request.isWatch()) {
                Thread.sleep(60_000);
            } else {
                reply.send(
                        200, JSON, request.path().contains("web") ? "{\"kind\": \"Pod\"}" : TABLE);
            }
        }

        @Override
        public Map<String, List<String>> get() {
            return Map.of("Authorization", List.of("Bearer " + current));
        }

        @Override
        public Map<String, List<String>> renewed(Map<String, List<String>> refused) {
            renewals.incrementAndGet();
            current = fileHas;
            return get();
        }

        @Override
        public String renewal() {
            return "Sign in with the tool.";
        }
    }

    @Test
    void nobodyThereIsTold() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        cluster = client(URI.create("http://127.0.0.1:" + port), Access.Headers.NONE);
        says(failure(), "No server answers at 127.0.0.1:" + port, "network, VPN");
        follow();
        await().atMost(LONG).until(() -> told.lost() != null);
    }

    @Test
    void anUnknownNameIsTold() throws Exception {
        cluster = client(URI.create("https://no-such-host.invalid:6443"), Access.Headers.NONE);

        says(failure(), "no computer named no-such-host.invalid");
    }

    @Test
    void aServerWithoutTlsIsTold() throws Exception {
        server = new FaultyServer((request, reply) -> {});
        cluster =
                client(
                        URI.create("https://" + server.endpoint().getAuthority()),
                        Access.Headers.NONE);

        says(failure(), "does not speak TLS", "port");
    }

    /** What the view is told. */
    private static final class Told implements TableEvents {
        private final List<Connection> states = new CopyOnWriteArrayList<>();
        private final List<Row> rows = new CopyOnWriteArrayList<>();

        Connection.Lost lost() {
            return states.stream()
                    .filter(Connection.Lost.class::isInstance)
                    .map(Connection.Lost.class::cast)
                    .findFirst()
                    .orElse(null);
        }

        Connection last() {
            return states.isEmpty() ? null : states.getLast();
        }

        @Override
        public void listed(List<Column> columns, List<Row> all) {
            rows.clear();
            rows.addAll(all);
        }

        @Override
        public void changed(List<Row> more) {
            rows.addAll(more);
        }

        @Override
        public void removed(String uid) {
            rows.removeIf(row -> row.uid().equals(uid));
        }

        @Override
        public void reached(String revision) {
            // Not looked at.
        }

        @Override
        public void connection(Connection state) {
            states.add(state);
        }
    }
}
