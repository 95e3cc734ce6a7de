package dev.pilothouse.server.endpoints.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.authz.Authorizer.Decision;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.testing.Answer;
import dev.pilothouse.server.testing.ApiClient;
import dev.pilothouse.server.testing.EchoServer;
import dev.pilothouse.server.testing.RunningServer;
import dev.pilothouse.server.testing.StreamServer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a kubelet does on its own port, through the proxy of its node. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class NodeCommandsTest {

    private static final String PROXY = "/api/v1/nodes/host/proxy/";
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir static Path directory;

    private static StreamServer streams;
    private static String uid;

    @BeforeAll
    static void start() {
        streams = StreamServer.start(directory);
        streams.run("default", "web", "app");
        uid =
                streams.server()
                        .admin()
                        .get("/api/v1/namespaces/default/pods/web")
                        .at("metadata", "uid");
    }

    @AfterAll
    static void stop() {
        streams.close();
    }

    @Test
    void runsCommands() {
        ApiClient admin = streams.server().admin();
        Answer answer = admin.post(PROXY + "run/default/web/app?cmd=echo%20hello", "");
        assertEquals(200, answer.status(), answer::toString);
        assertEquals("hello\n", answer.text());
        assertEquals(
                "hello\n",
                admin.post(PROXY + "run/default/web/" + uid + "/app?cmd=echo+hello", "").text());
        Answer form =
                admin.send(
                        "POST",
                        PROXY + "run/default/web/app",
                        "cmd=echo+a%2Bb".getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        FORM);
        assertEquals("a+b\n", form.text());
        Answer failed = admin.post(PROXY + "run/default/web/app?cmd=ls%20/no/such", "");
        assertEquals(500, failed.status());
        assertTrue(failed.text().startsWith("command 'ls /no/such' exited with 2: "), failed::text);
    }

    @Test
    void opensCommandsAndTerminatesThem() throws Exception {
        Session session =
                Session.open(
                        streams.server().adminHttp1(),
                        PROXY
                                + "exec/default/web/app?input=1&output=1&error=1"
                                + "&command=sh&command=-c&command=cat%3Becho+bad%3E%262%3Bexit+3");
        session.socket
                .sendBinary(ByteBuffer.wrap("\0typed".getBytes(StandardCharsets.UTF_8)), true)
                .get(30, TimeUnit.SECONDS);
        // Channel 255 closes a channel.
        session.socket
                .sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true)
                .get(30, TimeUnit.SECONDS);
        Map<Integer, String> said = session.said();
        assertEquals("typed", said.get(1));
        assertEquals("bad\n", said.get(2));
        assertTrue(said.get(3).contains("\"message\":\"3\""), said::toString);
    }

    @Test
    void attaches() throws Exception {
        Session session =
                Session.open(
                        streams.server().adminHttp1(),
                        PROXY + "attach/default/web/" + uid + "/app?input=1&output=1");
        session.socket
                .sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true)
                .get(30, TimeUnit.SECONDS);
        assertEquals("attached\n", session.said().get(1));
    }

    @Test
    void forwardsPorts() throws Exception {
        try (EchoServer echo = new EchoServer()) {
            streams.agent().map(80, echo.port());
            Session session =
                    Session.open(
                            streams.server().adminHttp1(),
                            "v4.channel.k8s.io",
                            PROXY + "portForward/default/web?port=80");
            session.socket
                    .sendBinary(ByteBuffer.wrap("\0ping".getBytes(StandardCharsets.UTF_8)), true)
                    .get(30, TimeUnit.SECONDS);
            // Each channel first says its port, in two bytes.
            session.await(0, "P\0ping");
            session.socket.abort();
        }
    }

    @Test
    void needsTheVerbOfWhatIsDone() {
        ApiClient reader = streams.server().token(RunningServer.READER_TOKEN);
        Answer run = reader.post(PROXY + "run/default/web/app?cmd=id", "");
        assertEquals(403, run.status());
        assertTrue(run.at("message").contains("cannot create resource \"nodes/proxy\""), run::text);
        Answer exec = reader.get(PROXY + "exec/default/web/app?output=1&command=id");
        assertEquals(403, exec.status());
    }

    /** Who may only read a node must not do anything in its containers. */
    @Test
    void streamsOpenedWithGetNeedTheVerbCreateToo() {
        NodeCommands commands =
                new NodeCommands(
                        new PodAgents(new NodeAgents(), null),
                        new UpgradeAccess((_, info) ->
                                info.verb().equals("get")
                                        ? Decision.allow("may read")
                                        : Decision.NONE));
        ApiRequest get = get();
        List<String> path = List.of("exec", "default", "web", "app");
        for (Executable stream :
                List.<Executable>of(
                        () -> commands.command(get, "host", path, false),
                        () -> commands.command(get, "host", path, true),
                        () -> commands.portForward(get, "host", path))) {
            ApiException refused = assertThrows(ApiException.class, stream);
            assertEquals(403, refused.status().code());
            assertTrue(
                    refused.status().message().contains("cannot create resource \"nodes/proxy\""));
        }
    }

    private static ApiRequest get() {
        RequestInfo info =
                new RequestInfo(
                        true, PROXY, "get", "api", "", "v1", "", "nodes", "proxy", "host",
                        List.of());
        return new ApiRequest(
                "id",
                "GET",
                PROXY,
                Parameters.EMPTY,
                Parameters.EMPTY,
                new byte[0],
                "",
                List.of(),
                Instant.EPOCH,
                info,
                UserInfo.ANONYMOUS);
    }

    @Test
    void refusesAsKubeletsDo() throws Exception {
        plain(404, "pod does not exist", "exec/default/none/app?output=1&command=id");
        plain(404, "pod does not exist", "exec/default/web/other-uid/app?output=1&command=id");
        plain(500, "container not found (\"none\")", "exec/default/web/none?output=1&command=id");
        plain(404, "404 page not found\n", "exec/default/web?output=1&command=id");
        plain(404, "404 page not found\n", "nothing");
        plain(404, "404 page not found\n", "logs/");
        plain(404, "pod \"none\" does not exist", "containerLogs/default/none/app");
        plain(405, "405: Method Not Allowed", "run/default/web/app?cmd=id");
        Answer posted = streams.server().admin().post(PROXY + "pods", "{}");
        assertEquals(405, posted.status());
        assertEquals(
                "you must specify at least 1 of stdin, stdout, stderr",
                streams.server()
                        .admin()
                        .get(PROXY + "exec/default/web/app?command=id")
                        .at("message"));
        assertEquals(
                "Upgrade request required",
                streams.server()
                        .admin()
                        .get(PROXY + "exec/default/web/app?output=1&command=id")
                        .at("message"));
        ExecutionException refused =
                assertThrows(
                        ExecutionException.class,
                        () ->
                                Session.open(
                                        streams.server().adminHttp1(),
                                        PROXY + "exec/default/none/app?output=1&command=id"));
        assertEquals(
                404, ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode());
    }

    private static void plain(int code, String text, String path) {
        Answer answer = streams.server().admin().get(PROXY + path);
        assertEquals(code, answer.status(), answer::toString);
        assertEquals(text, answer.text());
    }

    /** A session of a WebSocket client: what was said on each channel until its end. */
    private static final class Session implements WebSocket.Listener {

        private final Map<Integer, ByteArrayOutputStream> channels = new TreeMap<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private WebSocket socket;

        static Session open(ApiClient client, String path) throws Exception {
            return open(client, "v5.channel.k8s.io", path);
        }

        static Session open(ApiClient client, String protocol, String path) throws Exception {
            Session session = new Session();
            String endpoint = streams.server().endpoint().toString().replace("https", "wss");
            session.socket =
                    client.http()
                            .newWebSocketBuilder()
                            .subprotocols(protocol)
                            .buildAsync(URI.create(endpoint + path), session)
                            .get(30, TimeUnit.SECONDS);
            return session;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket from, ByteBuffer data, boolean last) {
            synchronized (channels) {
                byte[] bytes = new byte[data.remaining()];
                data.get(bytes);
                channels.computeIfAbsent((int) bytes[0], _ -> new ByteArrayOutputStream())
                        .write(bytes, 1, bytes.length - 1);
                channels.notifyAll();
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }

        void await(int channel, String text) throws InterruptedException {
            synchronized (channels) {
                while (!text.equals(texts().get(channel))) {
                    channels.wait();
                }
            }
        }

        Map<Integer, String> said() throws Exception {
            closed.get(60, TimeUnit.SECONDS);
            synchronized (channels) {
                return texts();
            }
        }

        private Map<Integer, String> texts() {
            Map<Integer, String> texts = new TreeMap<>();
            channels.forEach(
                    (channel, bytes) -> texts.put(channel, bytes.toString(StandardCharsets.UTF_8)));
            return texts;
        }
    }
}
