package dev.pilothouse.server.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The server as {@code ./pilothouse serve} runs it: a process with TLS, on a free port. */
final class ServerChild implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("is ready at (https://[^ ]+)");
    private static final List<String> JAVA =
            List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-Xmx512m",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final URI endpoint;
    private final long startNanos;

    private ServerChild(Process process, URI endpoint, long startNanos) {
        this.process = process;
        this.endpoint = endpoint;
        this.startNanos = startNanos;
    }

    /** What a command said, on both streams, and its exit code. */
    record Outcome(int exit, String output) {}

    /** An API server with its controllers, and nobody who runs pods. */
    static ServerChild startWithoutNodes(Path data) throws IOException {
        return start(data, "--process-nodes", "0", "--simulated-nodes", "0");
    }

    /** Starts a server and waits until it says that it is ready. */
    static ServerChild start(Path data, String... options) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("serve", "--data-dir", data.toString(), "--port", "0"));
        arguments.addAll(List.of(options));
        long before = System.nanoTime();
        Process process = launch(arguments.toArray(String[]::new));
        BufferedReader lines = process.inputReader();
        var said = new StringBuilder();
        String line = lines.readLine();
        while (line != null) {
            said.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                long nanos = System.nanoTime() - before;
                Thread.ofVirtual().start(() -> discard(lines));
                return new ServerChild(process, URI.create(ready.group(1)), nanos);
            }
            line = lines.readLine();
        }
        process.destroyForcibly();
        throw new IllegalStateException("the server did not start:\n" + said);
    }

    /** Runs a command that ends by itself. */
    static Outcome run(String... arguments) throws IOException, InterruptedException {
        Process process = launch(arguments);
        try (BufferedReader lines = process.inputReader()) {
            String output = lines.readAllAsString();
            return new Outcome(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process launch(String... arguments) throws IOException {
        var command = new ArrayList<>(JAVA);
        command.addAll(List.of("-cp", ServerClassPath.find(), "dev.pilothouse.server.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void discard(BufferedReader lines) {
        try {
            @Nullable String line;
            do {
                line = lines.readLine();
            } while (line != null);
        } catch (IOException | UncheckedIOException e) {
            // The process was killed.
        }
    }

    URI endpoint() {
        return endpoint;
    }

    long pid() {
        return process.pid();
    }

    /** How long it took from the start of the process until it was ready. */
    long startNanos() {
        return startNanos;
    }

    /** Ends the process without giving it a chance to do anything: SIGKILL where there is one. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the process to end, as a user would. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
