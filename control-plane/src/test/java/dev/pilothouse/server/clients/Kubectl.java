package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.clients.ClientBinaries.Binary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A kubectl that acts as the administrator of a server. */
record Kubectl(Binary binary, ServerProcess server, Path directory) {

    private static final Duration LIMIT = Duration.ofSeconds(240);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Runs a command line without the word kubectl, which must succeed, and returns its output. */
    String ask(String command) {
        try {
            ClientProcess process = start(command, "");
            int exit = process.exit(LIMIT);
            String out = process.out();
            String error = process.error();
            assertEquals(0, exit, () -> binary + " " + command + "\n" + out + error);
            return out.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks until the answer is as wanted, and returns it. */
    String await(String command, Predicate<String> wanted) {
        return Awaitility.await(command)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ask(command), wanted);
    }

    /** Applies a manifest. */
    void apply(String manifest) throws IOException {
        Path file = Files.createTempFile(directory, "manifest", ".yaml");
        Files.writeString(file, manifest);
        ask("apply -f " + file.getFileName());
    }

    /** Starts a command line without the word kubectl. */
    ClientProcess start(String command, String input) throws IOException {
        List<String> words = new ArrayList<>(CommandLine.split("kubectl " + command));
        words.set(0, binary.path().toString());
        return ClientProcess.start(words, directory, environment(), input);
    }

    Map<String, String> environment() {
        return Map.of("HOME", directory.toString(), "KUBECONFIG", server.kubeconfig().toString());
    }
}
