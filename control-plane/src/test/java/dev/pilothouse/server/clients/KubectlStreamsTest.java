package dev.pilothouse.server.clients;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.testing.EchoServer;
import dev.pilothouse.server.testing.StreamServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams with kubectl: 1.24 and 1.28 by SPDY, 1.32 and 1.36 by WebSocket. The containers are
 * processes of this machine.
 */
@Tag("clients")
@Timeout(300)
class KubectlStreamsTest {

    private static final List<String> RELEASES = List.of("1.24", "1.28", "1.32", "1.36");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir static Path directory;

    private static List<ClientBinaries.Binary> binaries = List.of();
    private static StreamServer streams;

    @BeforeAll
    static void start() {
        binaries = ClientBinaries.find("kubectl", RELEASES);
        streams = StreamServer.start(directory.resolve("container"));
        streams.run("default", "web", "app");
        streams.run("default", "two", "a", "b");
    }

    @AfterAll
    static void stop() {
        if (streams != null) {
            streams.close();
        }
    }

    static List<ClientBinaries.Binary> releases() {
        return binaries;
    }

    private record Result(int code, byte[] out, String error) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    private static Process launch(
            ClientBinaries.Binary kubectl, ProcessBuilder.Redirect input, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(kubectl.path().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("KUBECONFIG", streams.server().kubeconfig().toString());
        builder.environment().put("HOME", directory.toString());
        builder.redirectInput(input);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder.start();
    }

    private static Result run(ClientBinaries.Binary kubectl, byte[] input, String... arguments)
            throws Exception {
        Path in = Files.write(Files.createTempFile(directory, "in", ""), input);
        Path out = Files.createTempFile(directory, "out", "");
        Path error = Files.createTempFile(directory, "err", "");
        List<String> command = new ArrayList<>();
        command.add(kubectl.path().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("KUBECONFIG", streams.server().kubeconfig().toString());
        builder.environment().put("HOME", directory.toString());
        builder.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(error.toFile());
        Process process = builder.start();
        if (!process.waitFor(100, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new Result(process.waitFor(), Files.readAllBytes(out), Files.readString(error));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void execShowsOutputErrorsAndExitCode(ClientBinaries.Binary kubectl) throws Exception {
        Result result =
                run(
                        kubectl,
                        new byte[0],
                        "exec",
                        "web",
                        "--",
                        "sh",
                        "-c",
                        "echo out; echo err >&2; exit 3");
        assertEquals("out\n", result.text());
        assertTrue(result.error().startsWith("err\n"), result.error());
        assertTrue(result.error().contains("command terminated with exit code 3"), result.error());
        assertEquals(3, result.code());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void execCarriesInputToItsEnd(ClientBinaries.Binary kubectl) throws Exception {
        byte[] input = random(3_000_000);
        Result result = run(kubectl, input, "exec", "-i", "web", "--", "cat");
        assertEquals("", result.error());
        assertArrayEquals(input, result.out());
        assertEquals(0, result.code());

        Result unread = run(kubectl, input, "exec", "-i", "web", "--", "sh", "-c", "echo done");
        assertEquals("done\n", unread.text());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void copiesBothWays(ClientBinaries.Binary kubectl) throws Exception {
        String name = "f" + kubectl.release();
        Path there = directory.resolve(name + ".in");
        byte[] content = random(1_500_000);
        Files.write(there, content);
        Result to = run(kubectl, new byte[0], "cp", name + ".in", "web:" + name);
        assertEquals(0, to.code(), to.error());
        assertArrayEquals(content, Files.readAllBytes(directory.resolve("container/" + name)));
        Result from = run(kubectl, new byte[0], "cp", "web:" + name, name + ".out");
        assertEquals(0, from.code(), from.error());
        assertArrayEquals(content, Files.readAllBytes(directory.resolve(name + ".out")));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void attaches(ClientBinaries.Binary kubectl) throws Exception {
        Result result =
                run(kubectl, "typed\n".getBytes(StandardCharsets.UTF_8), "attach", "-i", "web");
        assertEquals("attached\ntyped\n", result.text(), result.error());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void refusesInTheWordsOfKubernetes(ClientBinaries.Binary kubectl) throws Exception {
        Result none = run(kubectl, new byte[0], "exec", "none", "--", "ls");
        assertTrue(none.error().contains("pods \"none\" not found"), none.error());
        Result container = run(kubectl, new byte[0], "exec", "web", "-c", "x", "--", "ls");
        assertTrue(
                container.error().contains("container x is not valid for pod web")
                        || container.error().contains("container x not found in pod web"),
                container.error());
        Result program = run(kubectl, new byte[0], "exec", "web", "--", "no-such-program");
        assertTrue(program.error().contains("cannot run [no-such-program]"), program.error());
        assertEquals(1, program.code());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void killsTheCommandWhenTheClientGoesAway(ClientBinaries.Binary kubectl) throws Exception {
        await().atMost(PATIENCE).until(() -> streams.agent().open() == 0);
        Process client =
                launch(kubectl, ProcessBuilder.Redirect.PIPE, "exec", "web", "--", "sleep", "600");
        await().atMost(PATIENCE).until(() -> streams.agent().open() == 1);
        client.destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> streams.agent().open() == 0);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void followsLogsOfAllContainers(ClientBinaries.Binary kubectl) throws Exception {
        Process client =
                launch(
                        kubectl,
                        ProcessBuilder.Redirect.PIPE,
                        "logs",
                        "-f",
                        "--all-containers",
                        "--prefix",
                        "-l",
                        "app=two");
        await().atMost(PATIENCE).until(() -> streams.agent().open() == 2);
        try (var out = client.inputReader()) {
            streams.agent().log("a", "from a");
            assertEquals("[pod/two/a] from a", out.readLine());
            streams.agent().log("b", "from b");
            assertEquals("[pod/two/b] from b", out.readLine());
            streams.agent().log("a", "");
            streams.agent().log("b", "");
            assertEquals(null, out.readLine());
        }
        assertEquals(0, client.waitFor());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void forwardsManyConnectionsAtOnce(ClientBinaries.Binary kubectl) throws Exception {
        try (EchoServer echo = new EchoServer()) {
            streams.agent().map(80, echo.port());
            Process client =
                    launch(kubectl, ProcessBuilder.Redirect.PIPE, "port-forward", "web", ":80");
            try (var out = client.inputReader()) {
                String line = out.readLine();
                int port = Integer.parseInt(line.replaceAll(".*127.0.0.1:(\\d+) .*", "$1"));
                List<Callable<Boolean>> calls = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    byte[] sent = random(i == 0 ? 5_000_000 : 200_000 + i);
                    calls.add(() -> Arrays.equals(sent, roundTrip(port, sent)));
                }
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (Future<Boolean> call : threads.invokeAll(calls)) {
                        assertTrue(call.get());
                    }
                }
                await().atMost(PATIENCE).until(() -> echo.open() == 0);
            } finally {
                client.destroy();
            }
            client.waitFor();
            await().atMost(PATIENCE).until(() -> streams.agent().open() == 0);
        }
    }

    private static byte[] roundTrip(int port, byte[] sent) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    socket.getOutputStream().write(sent);
                                    socket.shutdownOutput();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            byte[] received = socket.getInputStream().readNBytes(sent.length);
            sender.join();
            return received;
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void tellsOfPortsThatNobodyListensOn(ClientBinaries.Binary kubectl) throws Exception {
        Process client =
                launch(kubectl, ProcessBuilder.Redirect.PIPE, "port-forward", "web", ":81");
        try (var out = client.inputReader()) {
            String line = out.readLine();
            int port = Integer.parseInt(line.replaceAll(".*127.0.0.1:(\\d+) .*", "$1"));
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write(1);
                assertEquals(-1, read(socket));
            }
        } finally {
            client.destroy();
        }
        client.waitFor();
    }

    private static int read(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException e) {
            return -1;
        }
    }
}
