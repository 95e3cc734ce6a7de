package dev.pilothouse.server.clients;

import dev.pilothouse.server.clients.ClientBinaries.Binary;
import dev.pilothouse.server.clients.Step.Command;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs one script with several releases of a client against one server, two releases at a time.
 * Every command becomes a test, named after release and command.
 */
final class ClientMatrix implements AutoCloseable {

    private final ServerProcess server;
    private final Path directory;
    private final String script;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    ClientMatrix(ServerProcess server, Path directory, String script) throws IOException {
        this.server = server;
        this.directory = directory;
        try (var in = ClientMatrix.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IOException("no script " + script);
            }
            this.script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * The tests of a release of a client.
     *
     * @param others further clients that the script calls
     */
    DynamicNode tests(Binary binary, List<Binary> others) throws IOException {
        Path work = Files.createDirectories(directory.resolve(binary.tool() + binary.release()));
        Path kubeconfig = Files.copy(server.kubeconfig(), work.resolve("kubeconfig"));
        List<Step> steps = ScriptParser.parse(script, variables(binary, work));
        var binaries = new HashMap<String, Path>();
        binaries.put(binary.tool(), binary.path());
        others.forEach(other -> binaries.put(other.tool(), other.path()));
        var run = new ScriptRun(work, binaries, environment(work, kubeconfig));

        var tests = new ArrayList<DynamicTest>();
        var tasks = new ArrayList<Runnable>();
        for (Step step : steps) {
            if (step instanceof Command command && !command.releases().contain(binary.release())) {
                continue;
            }
            var result = new CompletableFuture<Boolean>();
            tasks.add(() -> take(run, step, result));
            tests.add(DynamicTest.dynamicTest(binary + ", " + name(step), () -> await(result)));
        }
        threads.execute(() -> tasks.forEach(Runnable::run));
        return DynamicContainer.dynamicContainer(binary.toString(), tests);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Map<String, String> variables(Binary binary, Path work) throws IOException {
        Release release = binary.release();
        return Map.of(
                "ns", binary.tool().charAt(0) + "" + release.major() + release.minor(),
                "release", release.toString(),
                "dir", work.toString(),
                "server", server.url(),
                "port", Integer.toString(freePort()));
    }

    private static Map<String, String> environment(Path work, Path kubeconfig) {
        return Map.of("HOME", work.toString(), "KUBECONFIG", kubeconfig.toString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void take(ScriptRun run, Step step, CompletableFuture<Boolean> result) {
        try {
            run.take(step);
            result.complete(true);
        } catch (IOException | AssertionError | RuntimeException e) {
            result.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(e);
        }
    }

    private static void await(CompletableFuture<Boolean> result) throws Throwable {
        try {
            result.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    private static String name(Step step) {
        return switch (step) {
            case Command command -> "line " + step.line() + ": " + command.text();
            case Step.WriteFile file -> "line " + step.line() + ": file " + file.name();
            case Step.EndBackground end -> "line " + step.line() + ": end of the background";
        };
    }
}
