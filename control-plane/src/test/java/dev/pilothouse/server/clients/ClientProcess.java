package dev.pilothouse.server.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A client command that runs; its output goes to files. */
final class ClientProcess {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final Path out;
    private final Path error;

    private ClientProcess(Process process, Path out, Path error) {
        this.process = process;
        this.out = out;
        this.error = error;
    }

    /** Starts a command in a directory. */
    static ClientProcess start(
            List<String> command, Path directory, Map<String, String> environment, String input)
            throws IOException {
        Path streams = Files.createTempDirectory(directory, ".streams");
        Path in = Files.writeString(streams.resolve("in"), input);
        Path out = streams.resolve("out");
        Path error = streams.resolve("error");
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.redirectInput(in.toFile());
        builder.redirectOutput(out.toFile());
        builder.redirectError(error.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        return new ClientProcess(builder.start(), out, error);
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String error() throws IOException {
        return Files.readString(error, StandardCharsets.UTF_8);
    }

    /** Waits for the end and says how it ended; a command that hangs is killed, which gives 137. */
    int exit() throws InterruptedException {
        return exit(LIMIT);
    }

    /** The same with a limit of its own. */
    int exit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    /** Waits until the output fulfils a condition, the process has ended or 15 seconds are over. */
    void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean() && process.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
    }

    /** Ends the process from outside. */
    void kill() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** What is wrong with what the command has said so far. */
    List<String> violations(Step.Command command) {
        try {
            var violations = new ArrayList<String>();
            violations.addAll(command.out().violations("stdout", out()));
            violations.addAll(command.error().violations("stderr", error()));
            return violations;
        } catch (IOException e) {
            return List.of("the output cannot be read: " + e);
        }
    }

    boolean hasLine(LinePattern pattern) {
        try {
            return (out() + error()).lines().anyMatch(pattern::matches);
        } catch (IOException e) {
            return false;
        }
    }
}
