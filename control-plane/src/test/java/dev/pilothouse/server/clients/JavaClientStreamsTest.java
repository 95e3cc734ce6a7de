package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.testing.EchoServer;
import dev.pilothouse.server.testing.StreamServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.kubernetes.client.Attach;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logs, commands and ports with fabric8, which has a dialect of its own for ports, and the official
 * Java client. The containers are processes of this machine.
 */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class JavaClientStreamsTest {

    @TempDir static Path directory;

    private static StreamServer streams;
    private static KubernetesClient fabric8;
    private static ApiClient official;

    @BeforeAll
    static void start() throws IOException {
        streams = StreamServer.start(directory.resolve("container"));
        streams.run("default", "web", "app");
        Path kubeconfig = streams.server().kubeconfig();
        fabric8 =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                        .build();
        try (Reader reader = Files.newBufferedReader(kubeconfig)) {
            official = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
        }
    }

    @AfterAll
    static void stop() {
        fabric8.close();
        official.getHttpClient().dispatcher().executorService().shutdownNow();
        official.getHttpClient().connectionPool().evictAll();
        streams.close();
    }

    private static PodResource web() {
        return fabric8.pods().inNamespace("default").withName("web");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void fabric8FollowsLogs() throws Exception {
        try (LogWatch watch = web().inContainer("app").watchLog();
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
            streams.agent().log("app", "one");
            assertEquals("one", lines.readLine());
            streams.agent().log("app", "two");
            assertEquals("two", lines.readLine());
            streams.agent().log("app", "");
            assertEquals(null, lines.readLine());
        }
    }

    @Test
    void fabric8RunsCommands() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        try (ExecWatch watch =
                web().inContainer("app")
                        .writingOutput(out)
                        .writingError(error)
                        .exec("sh", "-c", "echo out; echo err >&2; exit 3")) {
            assertEquals(3, watch.exitCode().get(60, TimeUnit.SECONDS));
        }
        assertEquals("out\n", out.toString(StandardCharsets.UTF_8));
        assertEquals("err\n", error.toString(StandardCharsets.UTF_8));
    }

    @Test
    void fabric8TypesIntoCommands() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch watch =
                web().inContainer("app")
                        .redirectingInput()
                        .writingOutput(out)
                        .exec("sh", "-c", "read line; echo got $line")) {
            watch.getInput().write("hello\n".getBytes(StandardCharsets.UTF_8));
            watch.getInput().flush();
            assertEquals(0, watch.exitCode().get(60, TimeUnit.SECONDS));
        }
        assertEquals("got hello\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void fabric8ForwardsPorts() throws Exception {
        try (EchoServer echo = new EchoServer()) {
            streams.agent().map(80, echo.port());
            try (LocalPortForward forward = web().portForward(80)) {
                for (int i = 0; i < 3; i++) {
                    byte[] sent = random(300_000 + i);
                    assertArrayEquals(sent, roundTrip(forward.getLocalPort(), sent));
                }
                assertEquals(List.of(), List.copyOf(forward.getClientThrowables()));
                assertEquals(List.of(), List.copyOf(forward.getServerThrowables()));
            }
        }
    }

    private static byte[] roundTrip(int port, byte[] sent) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            Thread sender = Thread.ofVirtual().start(() -> send(sent, socket));
            byte[] received = socket.getInputStream().readNBytes(sent.length);
            sender.join();
            return received;
        }
    }

    private static void send(byte[] sent, Socket socket) {
        try {
            socket.getOutputStream().write(sent);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void officialClientFollowsLogs() throws Exception {
        try (InputStream log =
                        new PodLogs(official).streamNamespacedPodLog("default", "web", "app");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8))) {
            streams.agent().log("app", "one");
            assertEquals("one", lines.readLine());
            streams.agent().log("app", "");
            assertEquals(null, lines.readLine());
        }
    }

    @Test
    void officialClientRunsCommands() throws Exception {
        String[] command = {"sh", "-c", "read line; echo got $line; echo err >&2; exit 3"};
        Process process = new Exec(official).exec("default", "web", command, "app", true, false);
        // Streams can only be asked for while the session lasts.
        InputStream out = process.getInputStream();
        InputStream error = process.getErrorStream();
        process.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        assertEquals("got hello\n", new String(out.readAllBytes(), StandardCharsets.UTF_8));
        assertEquals("err\n", new String(error.readAllBytes(), StandardCharsets.UTF_8));
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(3, process.exitValue());
        process.destroy();
    }

    @Test
    void officialClientAttaches() throws Exception {
        Attach.AttachResult attached =
                new Attach(official).attach("default", "web", "app", true, false);
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                attached.getStandardOutputStream(), StandardCharsets.UTF_8))) {
            assertEquals("attached", lines.readLine());
            attached.getStandardInputStream().write("typed\n".getBytes(StandardCharsets.UTF_8));
            attached.getStandardInputStream().flush();
            assertEquals("typed", lines.readLine());
        } finally {
            attached.close();
        }
    }

    @Test
    void officialClientForwardsPorts() throws Exception {
        try (EchoServer echo = new EchoServer()) {
            streams.agent().map(81, echo.port());
            PortForward.PortForwardResult result =
                    new PortForward(official).forward("default", "web", List.of(81));
            byte[] sent = random(200_000);
            try (OutputStream out = result.getOutboundStream(81);
                    InputStream in = result.getInputStream(81)) {
                out.write(sent);
                out.flush();
                assertArrayEquals(sent, in.readNBytes(sent.length));
            }
        }
    }
}
