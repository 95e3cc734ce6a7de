package dev.pilothouse.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.FileStoreTool;
import dev.pilothouse.server.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that must fail do so with one sentence and exit code 1, and lose nothing. */
class BadStartTest {

    @TempDir private Path directory;

    /** The exit code and what stderr says; nobody waits for the end of a start that works. */
    private record Failure(int code, String sentence) {}

    private static Failure serve(Path data, String... more) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("serve", "--data-dir", data.toString()));
        arguments.addAll(List.of(more));
        Cli cli =
                new Cli(
                        options -> {
                            try (ControlPlane started = ControlPlane.start(options)) {
                                throw new IOException("It started at " + started.endpoint());
                            }
                        },
                        new FileStoreTool(),
                        Map.of(),
                        data,
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = cli.run(arguments.toArray(String[]::new));
        return new Failure(code, err.toString(StandardCharsets.UTF_8));
    }

    private static void assertOneSentence(Failure failure, String... words) {
        assertEquals(1, failure.code(), failure::sentence);
        assertEquals(1, failure.sentence().lines().count(), failure::sentence);
        assertTrue(failure.sentence().startsWith("pilothouse: "), failure::sentence);
        assertFalse(failure.sentence().contains("It started"), failure::sentence);
        assertFalse(failure.sentence().contains("Exception"), failure::sentence);
        for (String word : words) {
            assertTrue(failure.sentence().contains(word), failure::sentence);
        }
    }

    private Path usedDirectory() throws IOException {
        Path data = directory.resolve("data");
        ControlPlane.start(ControlPlaneOptions.defaults(data)).close();
        return data;
    }

    @Test
    void namesBusyPort() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(busy.getLocalPort());
            assertOneSentence(serve(directory.resolve("d"), "--port", port), port, "in use");
        }
    }

    @Test
    void saysWhoHoldsDataDirectory() {
        try (RunningServer server = RunningServer.start()) {
            Failure failure = serve(server.dataDirectory(), "--port", "0");
            assertOneSentence(failure, "in use by", server.dataDirectory().toString());
            assertTrue(
                    failure.sentence().contains("process")
                            || failure.sentence()
                                    .contains(Long.toString(ProcessHandle.current().pid())),
                    failure::sentence);
            assertEquals("ok", server.admin().get("/readyz").text());
        }
    }

    @Test
    void leavesDamagedStoreAlone() throws IOException {
        Path data = usedDirectory();
        Path file = data.resolve("store.mv.db");
        byte[] noise = new byte[40_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(file, noise);

        assertOneSentence(serve(data, "--port", "0"), file.getFileName().toString(), "damaged");
        assertArrayEquals(noise, Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pki/ca.crt", "pki/ca.key", "pki/admin.crt", "pki/apiserver.key"})
    void namesDamagedCertificate(String name) throws IOException {
        Path data = usedDirectory();
        Path file = data.resolve(name);
        Files.writeString(file, "-----BEGIN NONSENSE-----\nxxx\n");

        assertOneSentence(serve(data, "--port", "0"), file.getFileName().toString());
        assertEquals("-----BEGIN NONSENSE-----\nxxx\n", Files.readString(file));
    }

    @Test
    void replacesDamagedKubeconfigOfItsOwn() throws IOException {
        Path data = usedDirectory();
        Files.writeString(data.resolve("kubeconfig"), "}{");
        try (ControlPlane started = ControlPlane.start(ControlPlaneOptions.defaults(data))) {
            assertTrue(
                    Files.readString(started.kubeconfig())
                            .contains("server: " + started.endpoint()));
        }
    }

    @Test
    void namesDirectoryThatIsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertOneSentence(serve(file, "--port", "0"), file.toString());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void namesDirectoryThatCannotBeWritten() {
        Path proc = Path.of("/proc/self/pilothouse");
        assumeTrue(Files.isDirectory(proc.getParent()), "needs a directory nobody may write");
        assertOneSentence(serve(proc, "--port", "0"), proc.toString());
    }

    @Test
    void survivesFullDisk() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
                "needs the right to mount a small file system");
        try {
            Path data = disk.resolve("data");
            Files.createDirectory(data);
            fill(disk.resolve("ballast"));
            assertOneSentence(serve(data, "--port", "0"), disk.toString());
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void keepsWhatWasAcknowledgedWhenDiskFillsUp() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0,
                "needs the right to mount a small file system");
        try {
            List<String> acknowledged = new ArrayList<>();
            int refusal;
            try (RunningServer server = RunningServer.startIn(disk.resolve("run"))) {
                refusal = writeUntilRefused(server, disk, acknowledged);
            }
            Files.delete(disk.resolve("ballast"));
            assertTrue(refusal >= 500 || refusal == 429, "status " + refusal);
            try (RunningServer server = RunningServer.startIn(disk.resolve("run"))) {
                for (String name : acknowledged) {
                    assertEquals(200, server.admin().get(MAPS + "/" + name).status(), name);
                }
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static int writeUntilRefused(RunningServer server, Path disk, List<String> acknowledged)
            throws IOException {
        for (int i = 0; i < 10; i++) {
            String name = "before" + i;
            server.admin().create(MAPS, Json.parse("{\"metadata\":{\"name\":\"" + name + "\"}}"));
            acknowledged.add(name);
        }
        fill(disk.resolve("ballast"));
        String data = "x".repeat(200_000);
        for (int i = 0; i < 40; i++) {
            String name = "after" + i;
            int status =
                    server.admin()
                            .post(
                                    MAPS,
                                    "{\"metadata\":{\"name\":\""
                                            + name
                                            + "\"},\"data\":{\"k\":\""
                                            + data
                                            + "\"}}")
                            .status();
            if (status != 201) {
                assertEquals(200, server.admin().get(MAPS + "/before0").status());
                return status;
            }
            acknowledged.add(name);
        }
        return 201;
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("No space"), e::toString);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
