package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A client command on a terminal of 33 rows and 99 columns, which {@code script} makes; the test
 * types and reads.
 */
final class TerminalProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String command;
    private final Process process;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Thread reader;

    private TerminalProcess(String command, Process process) {
        this.command = command;
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts a command line of the shell. */
    static TerminalProcess start(String command, Path directory, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                "script",
                                "-qefc",
                                "stty rows 33 cols 99; exec " + command,
                                "/dev/null")
                        .directory(directory.toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", System.getenv("PATH"), "TERM", "xterm", "SHELL", "/bin/sh"));
        builder.environment().putAll(environment);
        return new TerminalProcess(command, builder.start());
    }

    private void read() {
        byte[] buffer = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                synchronized (screen) {
                    screen.write(buffer, 0, read);
                }
            }
        } catch (IOException _) {
            return; // It has ended.
        }
    }

    /** What has been shown so far, with plain line ends. */
    String screen() {
        synchronized (screen) {
            return screen.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    /** Waits until a text is shown. */
    void await(String text) {
        Awaitility.await(text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    boolean over = !process.isAlive() && !reader.isAlive();
                    boolean shown = screen().contains(text);
                    assertTrue(
                            shown || !over,
                            () -> command + " has ended without " + text + ":\n" + screen());
                    return shown;
                });
    }

    /** Waits for the prompt of a shell, which is another one for the administrator. */
    void awaitPrompt() {
        await(ProcessHandle.current().info().user().orElse("").equals("root") ? "# " : "$ ");
    }

    /** Types a text; {@code \r} is the enter key. */
    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for the end and returns the exit code. */
    int exit() throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(ended, () -> command + " does not end:\n" + screen());
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
