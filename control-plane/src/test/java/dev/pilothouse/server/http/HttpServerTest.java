package dev.pilothouse.server.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real sockets. */
@Timeout(120)
class HttpServerTest {

    private static final byte[] POD = "p".repeat(2900).getBytes(StandardCharsets.UTF_8);
    private static final ConcurrentLinkedQueue<FedSource> SOURCES = new ConcurrentLinkedQueue<>();
    private static final CountDownLatch SLOW = new CountDownLatch(1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestKeys keys;
    private static HttpServer server;
    private static HttpClient http2;

    @BeforeAll
    static void start() throws Exception {
        keys = new TestKeys();
        server =
                HttpServer.start(
                        HttpServerOptions.loopback(0, keys.server()).withPlainPort(0),
                        new Routes());
        http2 = client(keys.client(), HttpClient.Version.HTTP_2);
    }

    @AfterAll
    static void stop() {
        SLOW.countDown();
        http2.shutdownNow();
        http2.close();
        server.close();
    }

    /** What the tests ask for. */
    private static final class Routes implements ApiHandler {
        @Override
        public boolean mayBlock(ApiRequest request) {
            return !request.path().startsWith("/io/");
        }

        @Override
        public ApiResponse handle(ApiRequest request) {
            return switch (request.path()) {
                case "/io/small" -> text(Thread.currentThread().getName());
                case "/thread" -> text(String.valueOf(Thread.currentThread().isVirtual()));
                case "/echo" -> ApiResponse.Body.of(200, "text/plain", request.body());
                case "/io/list", "/list" -> list(5000);
                case "/who" ->
                        text(
                                request.clientCertificates().isEmpty()
                                        ? "nobody"
                                        : request.clientCertificates()
                                                .getFirst()
                                                .getSubjectX500Principal()
                                                .getName());
                case "/watch", "/io/watch" -> watch();
                case "/fail" -> throw new IllegalStateException("secret detail");
                case "/stream" ->
                        new ApiResponse.ByteStream(
                                200, List.of(), "text/plain", HttpServerTest::twoLines);
                case "/query" -> text(request.query().asMap().toString());
                case "/nothing" -> new ApiResponse.Body(304, List.of(), "", List.of());
                default -> text(request.path());
            };
        }
    }

    private static ApiResponse watch() {
        FedSource source = new FedSource();
        SOURCES.add(source);
        return new ApiResponse.EventStream(200, List.of(), "application/json", source);
    }

    private static void twoLines(OutputStream out) throws IOException {
        out.write("one\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        try {
            SLOW.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.write("two\n".getBytes(StandardCharsets.UTF_8));
    }

    private static ApiResponse list(int count) {
        List<byte[]> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            segments.add(POD);
        }
        return new ApiResponse.Body(200, List.of(), "application/json", segments);
    }

    private static ApiResponse.Body text(String text) {
        return ApiResponse.Body.of(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpClient client(SSLContext context, HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(context).version(version).build();
    }

    private static URI uri(String path) {
        return URI.create("https://localhost:" + server.port() + path);
    }

    private static HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Socket plain() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.plainPort().getAsInt());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = plain()) {
            write(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static FedSource newestSource() {
        await().atMost(PATIENCE).until(() -> !SOURCES.isEmpty());
        return SOURCES.poll();
    }

    @Test
    void negotiatesHttp2ByAlpnAndServesHttp1() throws Exception {
        assertEquals(HttpClient.Version.HTTP_2, get(http2, "/x").version());
        try (HttpClient http1 = client(keys.client(), HttpClient.Version.HTTP_1_1)) {
            HttpResponse<String> response = get(http1, "/x");
            assertEquals(HttpClient.Version.HTTP_1_1, response.version());
            assertEquals("/x", response.body());
        }
    }

    @Test
    void answersOnTheIoThreadUnlessTheHandlerMayBlock() throws Exception {
        assertTrue(get(http2, "/io/small").body().startsWith("http I/O"));
        assertEquals("true", get(http2, "/thread").body());
    }

    @Test
    void showsTheClientCertificateOverBothProtocols() throws Exception {
        for (HttpClient.Version version :
                List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            if (version.name().startsWith("HTTP_1") || version == HttpClient.Version.HTTP_2) {
                try (HttpClient client = client(keys.client("CN=ada,O=devs"), version)) {
                    assertTrue(get(client, "/who").body().contains("CN=ada"));
                }
            }
        }
        assertEquals("nobody", get(http2, "/who").body());
    }

    @Test
    void sendsLongListsWholeOverHttp1AndHttp2() throws Exception {
        try (HttpClient http1 = client(keys.client(), HttpClient.Version.HTTP_1_1)) {
            for (String path : List.of("/list", "/io/list")) {
                for (HttpClient client : List.of(http1, http2)) {
                    byte[] body =
                            client.send(
                                            HttpRequest.newBuilder(uri(path)).build(),
                                            HttpResponse.BodyHandlers.ofByteArray())
                                    .body();
                    assertEquals(5000 * POD.length, body.length);
                    assertEquals('p', body[body.length - 1]);
                }
            }
        }
    }

    @Test
    void compressesLongAnswersButNotOnLoopback() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/list")).header("Accept-Encoding", "gzip").build();
        HttpResponse<byte[]> loopback =
                http2.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertTrue(loopback.headers().firstValue("Content-Encoding").isEmpty());
        try (HttpServer always =
                HttpServer.start(
                        HttpServerOptions.loopback(0, keys.server()).withCompressLoopback(true),
                        new Routes())) {
            HttpRequest there =
                    HttpRequest.newBuilder(
                                    URI.create("https://localhost:" + always.port() + "/list"))
                            .header("Accept-Encoding", "deflate, gzip;q=0.8")
                            .build();
            HttpResponse<InputStream> response =
                    http2.send(there, HttpResponse.BodyHandlers.ofInputStream());
            assertEquals("gzip", response.headers().firstValue("Content-Encoding").orElse(""));
            try (InputStream in = new GZIPInputStream(response.body())) {
                assertArrayEquals(POD, Arrays.copyOf(in.readAllBytes(), POD.length));
            }
        }
    }

    @Test
    void echoesBodiesOfAllKinds() throws Exception {
        String body = "b".repeat(200_000);
        HttpRequest post =
                HttpRequest.newBuilder(uri("/echo"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        assertEquals(body, http2.send(post, HttpResponse.BodyHandlers.ofString()).body());
        HttpRequest expecting =
                HttpRequest.newBuilder(uri("/echo"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .expectContinue(true)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        assertEquals(body, http2.send(expecting, HttpResponse.BodyHandlers.ofString()).body());
        String chunked =
                raw(
                        "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertTrue(chunked.endsWith("abcde"), chunked);
    }

    @Test
    void refusesBodiesThatAreTooLong() throws Exception {
        for (HttpClient.Version version :
                List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            HttpRequest post =
                    HttpRequest.newBuilder(uri("/echo"))
                            .version(version)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[4_000_000]))
                            .build();
            HttpResponse<String> response = http2.send(post, HttpResponse.BodyHandlers.ofString());
            assertEquals(413, response.statusCode());
            assertTrue(
                    response.body().contains("Request entity too large: limit is 3145728"),
                    response.body());
            assertTrue(response.body().contains("\"reason\":\"RequestEntityTooLarge\""));
        }
    }

    @Test
    void hidesUnexpectedFailures() throws Exception {
        HttpResponse<String> response = get(http2, "/fail");
        assertEquals(500, response.statusCode());
        assertTrue(response.body().contains("\"reason\":\"InternalError\""));
        assertFalse(response.body().contains("secret"));
    }

    @Test
    void answersHeadWithTheLengthOnly() throws Exception {
        String answer = raw("HEAD /abc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(answer.contains("Content-Length: 4\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void answers304WithoutBody() throws Exception {
        String answer = raw("GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 304"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void decodesPathsAndQueriesAndRefusesWrongEscapes() throws Exception {
        assertTrue(raw(request("/a%20b")).endsWith("/a b"));
        String query = raw(request("/query?a=1+2&a=%C3%A4&b"));
        assertTrue(query.endsWith("{a=[1 2, ä], b=[]}"), query);
        assertTrue(raw(request("/a%2520b")).endsWith("/a%20b"));
        assertTrue(raw(request("/query?a=%2541")).endsWith("{a=[%41]}"));
        assertTrue(raw(request("/?%zz=1")).startsWith("HTTP/1.1 400"));
        String bad = raw(request("/%zz"));
        assertTrue(bad.startsWith("HTTP/1.1 400"), bad);
        assertEquals(400, get(http2, "/ok%C3%28").statusCode());
    }

    private static String request(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    @Test
    void refusesMalformedAndOversizedRequests() throws Exception {
        String malformed = raw("GARBAGE\r\n\r\n");
        assertTrue(malformed.isEmpty() || malformed.startsWith("HTTP/1.1 400"), malformed);
        String oversized =
                raw("GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "x".repeat(300_000) + "\r\n\r\n");
        assertTrue(oversized.matches("(?s)HTTP/1.1 4(00|31).*"), oversized);
    }

    @Test
    void tellsClientsThatForgotTls() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            write(socket, request("/"));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.0 400"), answer);
            assertTrue(answer.contains("Client sent an HTTP request to an HTTPS server."), answer);
        }
    }

    @Test
    void passesOverOffersToUpgradeToHttp2() throws Exception {
        String answer =
                raw(
                        "GET /up HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings"
                                + "\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
                                + request("/next"));
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(answer.contains("\r\n\r\n/upHTTP/1.1 200 OK"), answer);
        assertTrue(answer.endsWith("/next"), answer);
    }

    @Test
    void namesAPortThatIsTaken() throws Exception {
        BindException taken =
                assertThrows(
                        BindException.class,
                        () ->
                                HttpServer.start(
                                        HttpServerOptions.loopback(server.port(), keys.server()),
                                        new Routes()));
        assertTrue(taken.getMessage().contains("127.0.0.1:" + server.port()));
    }

    @Test
    void sendsWatchesChunkedAndKeepsTheConnection() throws Exception {
        SOURCES.clear();
        try (Socket socket = plain()) {
            write(socket, "GET /watch HTTP/1.1\r\nHost: x\r\n\r\n");
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> head = head(in);
            assertEquals("HTTP/1.1 200 OK", head.getFirst());
            assertTrue(head.contains("Transfer-Encoding: chunked"), head.toString());
            FedSource source = newestSource();
            source.feed("1".getBytes(StandardCharsets.UTF_8));
            assertEquals(Integer.toHexString(28), in.readLine().strip());
            assertEquals("{\"type\":\"ADDED\",\"object\":1}", in.readLine());
            assertEquals("", in.readLine());
            source.end();
            assertEquals("0", in.readLine());
            assertEquals("", in.readLine());
            assertTrue(source.isClosed());
            write(socket, request("/next"));
            assertEquals("HTTP/1.1 200 OK", head(in).getFirst());
            assertEquals("/next", in.readLine());
        }
    }

    private static List<String> head(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void closesTheSourceWhenTheClientGoesAway() throws Exception {
        SOURCES.clear();
        try (Socket socket = plain()) {
            write(socket, "GET /io/watch HTTP/1.1\r\nHost: x\r\n\r\n");
            socket.getInputStream().read(new byte[10]);
        }
        FedSource overHttp1 = newestSource();
        await().atMost(PATIENCE).until(overHttp1::isClosed);

        HttpResponse<InputStream> response =
                http2.send(
                        HttpRequest.newBuilder(uri("/watch")).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        FedSource overHttp2 = newestSource();
        assertFalse(overHttp2.isClosed());
        response.body().close();
        await().atMost(PATIENCE).until(overHttp2::isClosed);
        assertEquals("/still", get(http2, "/still").body());
    }

    @Test
    void doesNotPollForASlowReader() throws Exception {
        SOURCES.clear();
        try (Socket socket = plain()) {
            write(socket, "GET /watch HTTP/1.1\r\nHost: x\r\n\r\n");
            InputStream in = socket.getInputStream();
            in.read(new byte[10]);
            FedSource source = newestSource();
            int fed = 20_000;
            for (int i = 0; i < fed; i++) {
                source.feed(POD);
            }
            await().pollDelay(Duration.ofMillis(300))
                    .until(() -> {
                        long before = source.polled();
                        Thread.sleep(100);
                        return before == source.polled();
                    });
            assertTrue(source.waiting() > fed / 2, "polled " + source.polled());
            source.end();
            long total = 0;
            byte[] buffer = new byte[1 << 16];
            while (total < (long) fed * POD.length) {
                int read = in.read(buffer);
                assertTrue(read > 0);
                total += read;
            }
            await().atMost(PATIENCE).until(source::isClosed);
        }
    }

    @Test
    void feedsTwoHundredWatchersOnOneConnection() throws Exception {
        SOURCES.clear();
        int watchers = 200;
        int events = 50;
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < watchers; i++) {
            answers.add(
                    http2.sendAsync(
                            HttpRequest.newBuilder(uri("/io/watch")).build(),
                            HttpResponse.BodyHandlers.ofString()));
        }
        await().atMost(PATIENCE).until(() -> SOURCES.size() == watchers);
        List<FedSource> sources = List.copyOf(SOURCES);
        for (int i = 0; i < events; i++) {
            byte[] object = String.valueOf(i).getBytes(StandardCharsets.UTF_8);
            sources.forEach(source -> source.feed(object));
        }
        sources.forEach(FedSource::end);
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            List<String> lines = answer.get(10, TimeUnit.SECONDS).body().lines().toList();
            assertEquals(events, lines.size());
            assertEquals("{\"type\":\"ADDED\",\"object\":49}", lines.getLast());
        }
        SOURCES.clear();
    }

    @Test
    void sendsWatchesAsWebSocketTextMessages() throws Exception {
        SOURCES.clear();
        LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        try (HttpClient client = client(keys.client(), HttpClient.Version.HTTP_1_1)) {
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .subprotocols("base64.binary.k8s.io")
                            .buildAsync(
                                    URI.create("wss://localhost:" + server.port() + "/watch"),
                                    new Collector(messages, closed))
                            .get(5, TimeUnit.SECONDS);
            assertEquals("base64.binary.k8s.io", socket.getSubprotocol());
            FedSource source = newestSource();
            for (int i = 0; i < 300; i++) {
                source.feed(String.valueOf(i).getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < 300; i++) {
                assertEquals(
                        "{\"type\":\"ADDED\",\"object\":" + i + "}\n",
                        messages.poll(5, TimeUnit.SECONDS));
            }
            source.end();
            assertEquals(WebSocket.NORMAL_CLOSURE, closed.get(5, TimeUnit.SECONDS));
            await().atMost(PATIENCE).until(source::isClosed);
        }
    }

    private record Collector(
            LinkedBlockingQueue<String> messages, CompletableFuture<Integer> closed)
            implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            messages.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    @Test
    void flushesStreamsAtOnce() throws Exception {
        HttpResponse<InputStream> response =
                http2.send(
                        HttpRequest.newBuilder(uri("/stream")).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            assertEquals("one\n", new String(in.readNBytes(4), StandardCharsets.UTF_8));
            SLOW.countDown();
            assertEquals("two\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void endsWatchesAndFinishesRequestsWhenItCloses() throws Exception {
        SOURCES.clear();
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<FedSource> source = new AtomicReference<>();
        HttpServer closing =
                HttpServer.start(
                        HttpServerOptions.loopback(0, keys.server()),
                        request -> {
                            if (request.path().equals("/watch")) {
                                source.set(new FedSource());
                                return new ApiResponse.EventStream(
                                        200, List.of(), "application/json", source.get());
                            }
                            started.countDown();
                            try {
                                Thread.sleep(500);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return text("done");
                        });
        String base = "https://localhost:" + closing.port();
        CompletableFuture<HttpResponse<String>> watch =
                http2.sendAsync(
                        HttpRequest.newBuilder(URI.create(base + "/watch")).build(),
                        HttpResponse.BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> slow =
                http2.sendAsync(
                        HttpRequest.newBuilder(URI.create(base + "/slow")).build(),
                        HttpResponse.BodyHandlers.ofString());
        started.await();
        await().atMost(PATIENCE).until(() -> source.get() != null);
        long begin = System.nanoTime();
        closing.close();
        assertTrue(System.nanoTime() - begin < 4_000_000_000L);
        assertEquals("done", slow.get(1, TimeUnit.SECONDS).body());
        assertEquals("", watch.get(1, TimeUnit.SECONDS).body());
        assertTrue(source.get().isClosed());
    }

    @Test
    void closesWithoutDelayAfterClientsHaveGoneInTheMiddle() throws Exception {
        SOURCES.clear();
        HttpServer closing =
                HttpServer.start(
                        HttpServerOptions.loopback(0, keys.server()),
                        request -> {
                            FedSource source = new FedSource();
                            SOURCES.add(source);
                            return new ApiResponse.EventStream(
                                    200, List.of(), "application/json", source);
                        });
        URI watch = URI.create("https://localhost:" + closing.port() + "/watch");
        for (HttpClient.Version version :
                List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            SOURCES.clear();
            HttpClient client = client(keys.client(), version);
            client.send(
                    HttpRequest.newBuilder(watch).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            client.shutdownNow();
            await().atMost(PATIENCE).until(newestSource()::isClosed);
        }
        long begin = System.nanoTime();
        closing.close();
        assertTrue(
                System.nanoTime() - begin < 4_000_000_000L,
                "it waited for requests of clients that are gone");
    }
}
