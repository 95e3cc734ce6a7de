package dev.pilothouse.server.kubelet.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.probe.ProbeResult.Outcome;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the HTTP/2 of another hand: Undertow answers as a gRPC health service would. */
class GrpcProbeTest {

    /** No runtime: this probe speaks to the pod's address only. */
    private static final Target TARGET =
            new Target(
                    null,
                    "container",
                    new PodSandboxStatus(
                            "sandbox",
                            "default",
                            "pod",
                            "uid",
                            0,
                            true,
                            Instant.EPOCH,
                            List.of("127.0.0.1"),
                            Map.of()),
                    Json.object());

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private byte[] answer = {};
    private Undertow server;

    @BeforeEach
    void start() {
        server =
                Undertow.builder()
                        .addHttpListener(0, "127.0.0.1")
                        .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                        .setIoThreads(1)
                        .setWorkerThreads(1)
                        .setHandler(this::answer)
                        .build();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void serving() {
        answer = new byte[] {0, 0, 0, 0, 2, 8, 1};

        ProbeResult result = ask("{\"port\": %d, \"service\": \"liveness\"}");

        assertEquals(ProbeResult.success("service healthy"), result);
        assertEquals(
                "POST /grpc.health.v1.Health/Check HTTP/2.0 application/grpc liveness",
                asked.get());
    }

    @Test
    void servingWithoutAName() {
        answer = new byte[] {0, 0, 0, 0, 2, 8, 1};

        assertEquals(Outcome.SUCCESS, ask("{\"port\": %d}").outcome());
        assertEquals("POST /grpc.health.v1.Health/Check HTTP/2.0 application/grpc ", asked.get());
    }

    @Test
    void notServing() {
        answer = new byte[] {0, 0, 0, 0, 2, 8, 2};

        assertEquals(
                ProbeResult.failure("service unhealthy (responded with \"NOT_SERVING\")"),
                ask("{\"port\": %d}"));
    }

    @Test
    void noStatusInTheAnswer() {
        answer = new byte[] {0, 0, 0, 0, 0};

        assertEquals(
                ProbeResult.failure("service unhealthy (responded with \"UNKNOWN\")"),
                ask("{\"port\": %d}"));
    }

    @Test
    void anErrorInsteadOfAnAnswer() {
        answer = new byte[0];

        assertEquals(Outcome.FAILURE, ask("{\"port\": %d}").outcome());
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        ProbeResult result = ask("{\"port\": " + port + "}");

        assertEquals(Outcome.FAILURE, result.outcome());
        assertTrue(
                result.output()
                        .startsWith(
                                "timeout: failed to connect service \"127.0.0.1:" + port + "\""),
                result.output());
    }

    private ProbeResult ask(String action) {
        int port = ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
        return GrpcProbe.run(
                Json.parseObject(action.replace("%d", Integer.toString(port))), TARGET, PATIENCE);
    }

    private void answer(HttpServerExchange exchange) {
        exchange.getRequestReceiver()
                .receiveFullBytes((call, message) -> {
                    // A flag and a length, then the field with the name of the service.
                    String name =
                            message.length < 7
                                    ? ""
                                    : new String(message, 7, message[6], StandardCharsets.UTF_8);
                    asked.set(
                            call.getRequestMethod()
                                    + " "
                                    + call.getRequestPath()
                                    + " "
                                    + call.getProtocol()
                                    + " "
                                    + call.getRequestHeaders().getFirst(Headers.CONTENT_TYPE)
                                    + " "
                                    + name);
                    call.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/grpc");
                    HeaderMap trailers = new HeaderMap();
                    trailers.put(new HttpString("grpc-status"), answer.length == 0 ? 5 : 0);
                    call.putAttachment(HttpAttachments.RESPONSE_TRAILERS, trailers);
                    call.getResponseSender().send(ByteBuffer.wrap(answer));
                });
    }
}
