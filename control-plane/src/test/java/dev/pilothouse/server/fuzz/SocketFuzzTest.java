package dev.pilothouse.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.fuzz.RandomRequests.Request;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.server.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random requests and random bytes over real sockets; nothing may hang, break or leak. */
@Tag("fuzz")
class SocketFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20_260_502L);
    private static final int WARM_UP = 150;
    private static final int REQUESTS = 800;

    /** For what the requests create and for the recent events, 6 KB each; TLS alone has more. */
    private static final long KEPT_BYTES = 6L << 20;

    private static final int BROKEN = 200;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Schema SCHEMA = Schema.builtIn();
    private static final List<String> BROKEN_HEADS =
            List.of(
                    "GET / HTTP/9.9\r\n\r\n",
                    "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /api/v1/pods?limit=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /api/v1/pods?a;b=%u1234 HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET  /x  HTTP/1.1\r\n\r\n",
                    "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost\r\n\r\n",
                    "GET / HTTP/1.1\r\n: x\r\n\r\n",
                    "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                    "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
                    "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{}",
                    "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                    "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n{}",
                    "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\nContent-Length: 2\r\n\r\n{}",
                    "GET /api/v1/pods?watch=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                    "GET /api/v1/pods?watch=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 99\r\n\r\n",
                    "GET /api/v1/pods?watch=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: nonsense\r\n\r\n",
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u00ff\u0004\u0000",
                    "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                    "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET http://x/api/v1/pods HTTP/1.1\r\nHost: x\r\n\r\n");

    private final ProtobufCodec protobuf = new ProtobufCodec(SCHEMA);
    private final Answers answers = new Answers(protobuf);
    private final List<String> problems = new ArrayList<>();
    private final Random random = new Random(SEED);

    @Test
    void survivesRequestsAndNoise() throws IOException {
        try (RunningServer server = RunningServer.start()) {
            SSLContext tls = ClusterPki.load(server.dataDirectory()).adminContext();
            RandomRequests requests = new RandomRequests(SEED, Target.all(SCHEMA), protobuf);
            for (int i = 0; i < WARM_UP; i++) {
                send(server, tls, requests.next());
            }
            Leaks before = Leaks.now();

            for (int i = 0; i < REQUESTS && problems.size() < 10; i++) {
                send(server, tls, requests.next());
            }
            for (int i = 0; i < BROKEN && problems.size() < 10; i++) {
                noise(server, tls);
            }

            assertEquals(List.of(), problems, "seed " + SEED);
            assertEquals("ok", server.admin().get("/readyz").text());
            before.assertNoMore(KEPT_BYTES);
        }
    }

    private void send(RunningServer server, SSLContext tls, Request request) throws IOException {
        boolean stream = request.query().containsKey("watch") || request.path().contains("/watch/");
        try (Socket socket = connect(server, tls)) {
            if (stream) {
                socket.setSoTimeout(500);
            }
            socket.getOutputStream().write(bytes(request, stream));
            socket.getOutputStream().flush();
            byte[] answer = read(socket.getInputStream(), stream);
            check(request, answer, stream);
        } catch (SocketTimeoutException e) {
            if (!stream) {
                problems.add("no answer to " + request);
            }
        }
    }

    private void check(Request request, byte[] answer, boolean stream) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || head < 0) {
            problems.add("answer '" + text + "' to " + request);
            return;
        }
        int status = Integer.parseInt(text.substring(9, 12));
        if (stream && status == 200) {
            return;
        }
        String type = "";
        for (String line : text.substring(0, head).split("\r\n")) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-type:")) {
                type = line.substring(13).strip();
            }
        }
        byte[] body = text.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1);
        String problem = answers.problem(request, status, type, body);
        if (problem != null) {
            problems.add(problem + " " + text + "\n for " + request);
        }
    }

    /** Something that is not HTTP, or nearly; an answer or a closed connection are both good. */
    private void noise(RunningServer server, SSLContext tls) throws IOException {
        byte[] bytes = new byte[random.nextInt(2000)];
        random.nextBytes(bytes);
        boolean plain = random.nextInt(4) == 0;
        if (!plain || random.nextBoolean()) {
            bytes =
                    BROKEN_HEADS
                            .get(random.nextInt(BROKEN_HEADS.size()))
                            .getBytes(StandardCharsets.ISO_8859_1);
        }
        try (Socket socket =
                plain
                        ? new Socket(server.endpoint().getHost(), server.endpoint().getPort())
                        : connect(server, tls)) {
            socket.setSoTimeout(40);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            byte[] answer = read(socket.getInputStream(), true);
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            if (text.startsWith("HTTP/1.1 5")) {
                problems.add(text + " for " + new String(bytes, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException _) {
            // The server hung up or waits for more, both of which are its right.
        }
    }

    private static Socket connect(RunningServer server, SSLContext tls) throws IOException {
        Socket socket =
                tls.getSocketFactory()
                        .createSocket(server.endpoint().getHost(), server.endpoint().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** All there is, or of a stream the beginning. */
    private static byte[] read(InputStream in, boolean stream) throws IOException {
        if (!stream) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[16_384];
        int read = in.read(buffer);
        while (read > 0 && !out.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
            out.write(buffer, 0, read);
            read = in.available() == 0 && out.size() > 0 ? 0 : in.read(buffer);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(Request request, boolean stream) {
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(encodePath(request.path()));
        char separator = '?';
        for (var parameter : request.query().entrySet()) {
            for (String value : parameter.getValue()) {
                head.append(separator)
                        .append(parameter.getKey())
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                separator = '&';
            }
        }
        head.append(" HTTP/1.1\r\nHost: x\r\n");
        request.headers()
                .forEach((name, values) ->
                        values.forEach(value ->
                                head.append(name)
                                        .append(": ")
                                        .append(headerText(value))
                                        .append("\r\n")));
        if (!stream) {
            head.append("Connection: close\r\n");
        }
        head.append("Content-Length: ").append(request.body().length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(start, start.length + request.body().length);
        System.arraycopy(request.body(), 0, all, start.length, request.body().length);
        return all;
    }

    private static String encodePath(String path) {
        String encoded =
                URLEncoder.encode(path.isEmpty() ? "/" : path, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
        return encoded.startsWith("/") ? encoded : "/" + encoded;
    }

    private static String headerText(String value) {
        return value.replaceAll("[\\p{Cntrl}]", "");
    }
}
