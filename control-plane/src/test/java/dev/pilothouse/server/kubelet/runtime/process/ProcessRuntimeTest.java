package dev.pilothouse.server.kubelet.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerConfig;
import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.ExecSyncResult;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig.Port;
import dev.pilothouse.server.kubelet.log.ContainerLogs;
import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.node.ContainerStreams.TerminalSizes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ProcessRuntimeTest {

    @TempDir Path directory;

    private ProcessRuntime runtime;
    private String sandbox;

    @BeforeEach
    void start() throws IOException {
        runtime = open();
        sandbox =
                runtime.runPodSandbox(
                        new PodSandboxConfig(
                                "n",
                                "p",
                                "u",
                                0,
                                "host-process",
                                "p",
                                false,
                                List.of(
                                        new Port("c", "web", 80, "TCP", 0),
                                        new Port("d", "", 53, "UDP", 0)),
                                directory.resolve("pod"),
                                Map.of(),
                                Map.of()));
    }

    @AfterEach
    void stop() {
        runtime.removePodSandbox(sandbox);
        runtime.close();
    }

    @Test
    void endsGentlyAndByForce() {
        String gentle = run("trap 'exit 3' TERM; while :; do sleep 0.05; done");
        String stubborn = run("trap '' TERM; while :; do sleep 0.05; done");

        runtime.stopContainer(gentle, Duration.ofSeconds(30));
        runtime.stopContainer(stubborn, Duration.ofMillis(200));

        assertEquals(3, status(gentle).exitCode());
        assertEquals(137, status(stubborn).exitCode());
        assertEquals(ContainerState.EXITED, status(stubborn).state());
    }

    @Test
    void leavesNoProcessBehind() throws Exception {
        Path child = directory.resolve("child");
        String id = run("setsid sh -c 'echo $$ > " + child + "; exec sleep 1000' & sleep 1000");
        while (!Files.exists(child) || Files.readString(child).isBlank()) {
            Thread.sleep(10);
        }

        runtime.stopContainer(id, Duration.ofSeconds(5));

        ProcessHandle.of(Long.parseLong(Files.readString(child).strip()))
                .ifPresent(process -> process.onExit().join());
    }

    @Test
    void shortensGrace() throws Exception {
        String id = run("trap '' TERM; while :; do sleep 0.05; done");
        Thread patient =
                Thread.ofVirtual().start(() -> runtime.stopContainer(id, Duration.ofHours(1)));

        runtime.stopContainer(id, Duration.ofMillis(100));

        patient.join();
        assertEquals(137, status(id).exitCode());
    }

    @Test
    void runsCommands() throws Exception {
        String id = run("sleep 1000");

        ExecSyncResult result =
                runtime.execSync(
                        id,
                        List.of("sh", "-c", "echo $GREETING; pwd; exit 4"),
                        Duration.ofSeconds(30));

        assertEquals(4, result.exitCode());
        assertTrue(result.output().startsWith("hello\n" + directory), result.output());
        assertThrows(
                TimeoutException.class,
                () -> runtime.execSync(id, List.of("sleep", "1000"), Duration.ofMillis(100)));
        assertThrows(
                CriException.class,
                () -> runtime.execSync(id, List.of("no-such-program"), Duration.ofSeconds(1)));
    }

    @Test
    void streamsCommands() throws Exception {
        String id = run("sleep 1000");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        byte[] input = "typed".getBytes(StandardCharsets.UTF_8);

        int code =
                runtime.exec(
                        id,
                        List.of("sh", "-c", "cat; echo error >&2; exit 5"),
                        false,
                        new ContainerStreams(
                                new ByteArrayInputStream(input), out, err, TerminalSizes.NONE));

        assertEquals(5, code);
        assertEquals("typed", out.toString(StandardCharsets.UTF_8));
        assertEquals("error\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void typesIntoMainProcess() throws Exception {
        String id =
                start(
                        config(
                                "while read line; do echo \"got $line\"; done; echo end",
                                true,
                                "hello"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PipedOutputStream typing = new PipedOutputStream();
                PipedInputStream typed = new PipedInputStream(typing)) {
            Thread session =
                    Thread.ofVirtual()
                            .start(() ->
                                    attach(
                                            id,
                                            new ContainerStreams(
                                                    typed, out, null, TerminalSizes.NONE)));
            typing.write("one\n".getBytes(StandardCharsets.UTF_8));
            typing.flush();
            while (!out.toString(StandardCharsets.UTF_8).equals("got one\n")) {
                Thread.sleep(10);
            }
            typing.close();
            session.join();
        }

        assertEquals("got one\nend\n", out.toString(StandardCharsets.UTF_8));
        assertEquals(0, status(id).exitCode());
    }

    @Test
    void findsContainersAgain() throws Exception {
        Path go = directory.resolve("go");
        String id = run("while ! test -e " + go + "; do sleep 0.05; done; echo late; exit 6");
        int port = runtime.listPodSandboxes().getFirst().actualPort(80);
        runtime.close();
        runtime = open();
        assertEquals(ContainerState.RUNNING, status(id).state());
        assertEquals(port, runtime.listPodSandboxes().getFirst().actualPort(80));

        Files.createFile(go);

        while (status(id).state() == ContainerState.RUNNING) {
            Thread.sleep(10);
        }
        assertEquals(6, status(id).exitCode());
        assertTrue(Files.readString(directory.resolve("log")).endsWith(" stdout F late\n"));
    }

    @Test
    void tellsPorts() throws Exception {
        Map<String, String> given = runtime.environment(sandbox, "c", List.of());
        String port = given.get("PORT");

        assertEquals(port, given.get("PORT_WEB"));
        assertEquals(port, given.get("PORT_80"));
        assertFalse(given.get("PORT_53").isEmpty());
        assertEquals(Integer.parseInt(port), runtime.listPodSandboxes().getFirst().actualPort(80));
    }

    @Test
    void forgetsWhatIsRemoved() throws IOException {
        String id = run("exit 0");
        runtime.stopContainer(id, Duration.ofSeconds(30));
        runtime.removePodSandbox(sandbox);

        assertEquals(List.of(), runtime.listPodSandboxes());
        try (Stream<Path> left = Files.list(directory.resolve("runtime/containers"))) {
            assertEquals(0, left.count());
        }
        assertFalse(Files.exists(directory.resolve("log")));
    }

    @Test
    void refusesWhatItCannotGive() {
        ContainerConfig config = config("true", false, "hello");
        ContainerConfig imageOnly =
                new ContainerConfig(
                        "c",
                        0,
                        "image",
                        List.of(),
                        "",
                        Map.of(),
                        List.of(),
                        config.logPath(),
                        false,
                        false,
                        false,
                        0,
                        Json.object(),
                        Map.of());

        assertThrows(CriException.class, () -> runtime.createContainer(sandbox, imageOnly));
        CriException other =
                assertThrows(
                        CriException.class,
                        () ->
                                runtime.runPodSandbox(
                                        new PodSandboxConfig(
                                                "n", "q", "v", 0, "", "q", false, List.of(),
                                                directory, Map.of(), Map.of())));
        assertTrue(other.text().contains("runtimeClassName: host-process"));
    }

    private ProcessRuntime open() throws IOException {
        ContainerLogs logs = new ContainerLogs(Clock.systemUTC(), ContainerLogs.Rotation.DEFAULT);
        ProcessRuntime opened =
                new ProcessRuntime(
                        directory.resolve("runtime"),
                        logs,
                        URI.create("https://127.0.0.1:6443"),
                        (_, _) -> {},
                        Clock.systemUTC());
        opened.start(_ -> {});
        return opened;
    }

    private void attach(String id, ContainerStreams streams) {
        try {
            runtime.attach(id, false, streams);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(String script) {
        return start(config(script, false, "hello"));
    }

    private String start(ContainerConfig config) {
        String id = runtime.createContainer(sandbox, config);
        runtime.startContainer(id);
        return id;
    }

    private ContainerConfig config(String script, boolean stdin, String greeting) {
        return new ContainerConfig(
                "c",
                0,
                "image",
                List.of("sh", "-c", script),
                "",
                Map.of("GREETING", greeting),
                List.of(),
                directory.resolve("log"),
                stdin,
                stdin,
                false,
                0,
                Json.object(),
                Map.of());
    }

    private ContainerStatus status(String id) {
        return runtime.listContainers(sandbox).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
