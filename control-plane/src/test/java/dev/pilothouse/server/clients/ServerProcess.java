package dev.pilothouse.server.clients;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The server as {@code ./pilothouse serve} runs it: a process of its own with TLS, the packaged
 * jars, a data directory of its own and a free port. When there are no packaged jars, or classes
 * are newer than they, the server runs from the class path of the test.
 */
final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("is ready at (https://[^ ]+)");

    private final List<String> command;
    private final Process process;
    private final Path dataDirectory;
    private final String url;

    private ServerProcess(List<String> command, Process process, Path dataDirectory, String url) {
        this.command = command;
        this.process = process;
        this.dataDirectory = dataDirectory;
        this.url = url;
    }

    /** An API server with its controllers and its scheduler, and nobody who runs pods. */
    static ServerProcess startWithoutNodes(Path directory, String... options)
            throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("--process-nodes", "0", "--simulated-nodes", "0"));
        all.addAll(List.of(options));
        return start(directory, all.toArray(String[]::new));
    }

    /** Starts a server whose state lives below a directory, and waits until it is ready. */
    static ServerProcess start(Path directory, String... options)
            throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", classPath(), "dev.pilothouse.server.cli.Main", "serve"));
        command.addAll(List.of("--data-dir", data.toString(), "--port", "0"));
        command.addAll(List.of(options));
        return start(List.copyOf(command), data);
    }

    private static ServerProcess start(List<String> command, Path data)
            throws IOException, InterruptedException {
        Path log = data.resolveSibling("server.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new ServerProcess(command, process, data, awaitReady(process, log));
    }

    Path kubeconfig() {
        return dataDirectory.resolve("kubeconfig");
    }

    String url() {
        return url;
    }

    /** Ends the server without giving it a chance to do anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts another server with the same options on the same data, at the same port. */
    ServerProcess startAgain() throws IOException, InterruptedException {
        List<String> again = new ArrayList<>(command);
        String port = Integer.toString(URI.create(url).getPort());
        again.set(again.indexOf("--port") + 1, port);
        return start(List.copyOf(again), dataDirectory);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static String awaitReady(Process process, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                return ready.group(1);
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new IllegalStateException("the server did not start:\n" + Files.readString(log));
    }

    private static String classPath() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        List<Path> jars = new ArrayList<>(jars(target, "control-plane-"));
        if (jars.size() != 1 || !Files.isDirectory(target.resolve("lib"))) {
            return System.getProperty("java.class.path");
        }
        jars.addAll(jars(target.resolve("lib"), ""));
        Path classes = target.resolve("classes");
        if (newest(classes).compareTo(Files.getLastModifiedTime(jars.getFirst())) > 0) {
            return System.getProperty("java.class.path");
        }
        return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
    }

    private static List<Path> jars(Path directory, String prefix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isJar(file.getFileName().toString(), prefix))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isJar(String name, String prefix) {
        return name.startsWith(prefix)
                && name.endsWith(".jar")
                && !name.endsWith("-tests.jar")
                && !name.endsWith("-sources.jar");
    }

    private static FileTime newest(Path directory) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return newest;
    }
}
