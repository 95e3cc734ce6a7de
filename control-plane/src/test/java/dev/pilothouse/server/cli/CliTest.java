package dev.pilothouse.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.StoreTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CliTest {

    @TempDir private Path directory;
    private Path data;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> storeCalls = new ArrayList<>();
    private @Nullable ControlPlaneOptions launched;

    @BeforeEach
    void makeDataDirectory() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
    }

    @Test
    void commandLineWinsOverEnvironmentOverFileOverDefault() throws IOException {
        Files.writeString(
                data.resolve("pilothouse.yaml"),
                "port: 1111\nbind: 192.0.2.1\nhistory-retention: 12h\n");
        environment.put("PILOTHOUSE_PORT", "2222");
        environment.put("PILOTHOUSE_BIND", "192.0.2.2");

        ControlPlaneOptions options = serve("--port=3333");

        assertEquals(3333, options.port());
        assertTrue(options.portRequired());
        assertEquals("192.0.2.2", options.bindAddress().getHostAddress());
        assertEquals(Duration.ofHours(12), options.historyRetention());
        assertEquals(null, options.tokenAuthFile());
    }

    @Test
    void listensOnLoopbackAtUsualOrFreePortByDefault() {
        ControlPlaneOptions options = serve();

        assertEquals(6443, options.port());
        assertFalse(options.portRequired());
        assertTrue(options.bindAddress().isLoopbackAddress());
        assertEquals(data, options.dataDirectory());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 1 --data-dir /x/y",
                "--port=1 --data-dir=/x/y",
                "--data-dir=/x/y --merge-kubeconfig --port 1",
                "--merge-kubeconfig=false --data-dir /x/y --port 1"
            })
    void plainParserAndPicocliAgree(String line) {
        String[] plain = ("serve " + line).split(" ");

        Map<Setting, String> fast = PlainServe.parse(plain);

        var picocli = new CommandLine(CommandModel.create()).parseArgs(plain).subcommand();
        assertEquals(Cli.given(picocli), fast);
        assertEquals(1, serve(line.split(" ")).port());
        assertEquals(Path.of("/x/y"), serve(line.split(" ")).dataDirectory());
    }

    @Test
    void readsPropertiesNamedByOption() throws IOException {
        Path file = directory.resolve("my.properties");
        Files.writeString(file, "# mine\nport = 7000\ndata-dir=" + directory.resolve("d") + "\n");

        ControlPlaneOptions options = serve("--config", file.toString());

        assertEquals(7000, options.port());
        assertEquals(directory.resolve("d"), options.dataDirectory());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prot: 1",
                "config: x",
                "port: [1]",
                "port: 1\nport: 2",
                "- port",
                "port: ]"
            })
    void namesFileOfBadConfiguration(String text) throws IOException {
        Path file = data.resolve("pilothouse.yaml");
        Files.writeString(file, text + "\n");

        assertEquals(2, run("serve"));
        assertTrue(err().contains(file.toString()), err());
    }

    @Test
    void namesUnknownKeyOfConfiguration() throws IOException {
        Files.writeString(data.resolve("pilothouse.properties"), "prot=1\n");

        assertEquals(2, run("serve"));
        assertTrue(err().contains("\"prot\" is not a known key"), err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 65536",
                "--port x",
                "--bind example.org",
                "--history-retention 7",
                "--log-level loud",
                "--merge-kubeconfig=maybe",
                "--nonsense",
                "--port",
                "--port 1 --port 2",
                "extra"
            })
    void misuseEndsWithTwoAndPointsToHelp(String line) {
        assertEquals(2, run(("serve " + line).split(" ")));
        assertTrue(err().contains("pilothouse serve --help"), err());
        assertEquals(null, launched);
    }

    @Test
    void namesVariableOfBadValue() {
        environment.put("PILOTHOUSE_PORT", "x");

        assertEquals(2, run("serve"));
        assertTrue(err().contains("PILOTHOUSE_PORT: \"x\""), err());
    }

    @Test
    void failureToStartIsOneSentenceAndOne() {
        assertEquals(1, run("serve"));
        assertEquals("pilothouse: no port for tests", err().strip());
    }

    @Test
    void helpListsEverySettingOnStdout() {
        assertEquals(0, run("serve", "--help"));
        for (Setting setting : Setting.values()) {
            assertTrue(out().contains(setting.option()), setting.option());
        }
    }

    @Test
    void noCommandIsMisuse() {
        assertEquals(2, run());
        assertTrue(err().contains("serve"), err());
    }

    @Test
    void versionNamesKubernetesRelease() {
        assertEquals(0, run("version"));
        assertTrue(out().contains("Kubernetes API 1.36"), out());
    }

    @Test
    void backsUpFilesWhenNoServerRuns() throws IOException {
        assertEquals(0, run("backup", directory.resolve("b.zip").toString()), err());
        assertEquals(List.of("backup data"), storeCalls);
    }

    @Test
    void neverOverwritesBackup() throws IOException {
        Path target = Files.writeString(directory.resolve("b.zip"), "precious");

        assertEquals(1, run("backup", target.toString()));
        assertEquals("precious", Files.readString(target));
        assertTrue(storeCalls.isEmpty());
    }

    @Test
    void restoresOnlyFromFileThatIsThere() throws IOException {
        assertEquals(1, run("restore", directory.resolve("none").toString()));
        Path backup = Files.writeString(directory.resolve("b.zip"), "x");
        assertEquals(0, run("restore", "--force", backup.toString()), err());
        assertEquals(List.of("restore data force=true"), storeCalls);
    }

    @Test
    void statusOfNothingIsOne() {
        assertEquals(1, run("status"));
        assertTrue(err().contains("No server is running on " + data), err());
    }

    private ControlPlaneOptions serve(String... options) {
        launched = null;
        String[] line = new String[options.length + 1];
        line[0] = "serve";
        System.arraycopy(options, 0, line, 1, options.length);
        run(line);
        return Objects.requireNonNull(launched, this::err);
    }

    /** The launcher notes what it was asked and then fails, so that serve returns. */
    private int run(String... arguments) {
        var store =
                new StoreTool() {
                    @Override
                    public void backup(Path from, Path target) throws IOException {
                        storeCalls.add("backup " + from.getFileName());
                        Files.writeString(target, "backup");
                    }

                    @Override
                    public void restore(Path backup, Path into, boolean force) {
                        storeCalls.add("restore " + into.getFileName() + " force=" + force);
                    }
                };
        var cli =
                new Cli(
                        options -> {
                            launched = options;
                            throw new IOException("no port for tests");
                        },
                        store,
                        environment,
                        data,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return cli.run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
