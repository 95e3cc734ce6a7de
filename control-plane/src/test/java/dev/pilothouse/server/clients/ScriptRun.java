package dev.pilothouse.server.clients;

import dev.pilothouse.server.clients.Step.Command;
import dev.pilothouse.server.clients.Step.EndBackground;
import dev.pilothouse.server.clients.Step.WriteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the steps of a script, one after another, in one working directory. One thread. */
final class ScriptRun {

    private final Path directory;
    private final Map<String, Path> binaries;
    private final Map<String, String> environment;
    private @Nullable Background background;

    ScriptRun(Path directory, Map<String, Path> binaries, Map<String, String> environment) {
        this.directory = directory;
        this.binaries = Map.copyOf(binaries);
        this.environment = Map.copyOf(environment);
    }

    /** Takes a step; nothing is thrown when it went as the script says. */
    void take(Step step) throws IOException, InterruptedException {
        switch (step) {
            case WriteFile file -> {
                Path path = directory.resolve(file.name());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.content());
            }
            case Command command -> run(command);
            case EndBackground end -> endBackground();
        }
    }

    /** Ends what still runs. */
    void close() throws InterruptedException {
        if (background != null) {
            background.process().kill();
        }
    }

    private void run(Command command) throws IOException, InterruptedException {
        ClientProcess process = start(command);
        if (command.readyWhen().isPresent()) {
            LinePattern ready = command.readyWhen().get();
            background = new Background(command, process);
            process.await(() -> process.hasLine(ready));
            if (!process.hasLine(ready)) {
                fail(command, process, List.of("no line like: " + ready));
            }
            return;
        }
        int exit = process.exit();
        var violations = new ArrayList<String>();
        if (exit != command.exit()) {
            violations.add("exit code " + exit + " instead of " + command.exit());
        }
        violations.addAll(process.violations(command));
        if (!violations.isEmpty()) {
            fail(command, process, violations);
        }
    }

    private void endBackground() throws IOException, InterruptedException {
        if (background == null) {
            throw new IllegalStateException("no command runs in the background");
        }
        Background ended = background;
        background = null;
        ended.process().await(() -> ended.process().violations(ended.command()).isEmpty());
        ended.process().kill();
        List<String> violations = ended.process().violations(ended.command());
        if (!violations.isEmpty()) {
            fail(ended.command(), ended.process(), violations);
        }
    }

    private ClientProcess start(Command command) throws IOException {
        List<String> words = new ArrayList<>(CommandLine.split(command.text()));
        Path binary = binaries.get(words.getFirst());
        if (binary == null) {
            throw new IllegalStateException("no such client: " + words.getFirst());
        }
        words.set(0, binary.toString());
        var variables = new HashMap<>(environment);
        variables.putAll(command.environment());
        return ClientProcess.start(words, directory, variables, command.input());
    }

    private static void fail(Command command, ClientProcess process, List<String> violations)
            throws IOException {
        throw new AssertionError(
                """
                line %d: %s
                  %s
                -- stdout
                %s-- stderr
                %s\
                """
                        .formatted(
                                command.line(),
                                command.text(),
                                String.join("\n  ", violations),
                                process.out(),
                                process.error()));
    }

    private record Background(Command command, ClientProcess process) {}
}
