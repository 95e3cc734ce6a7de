package dev.pilothouse.server.crash;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.HttpTransport;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.pki.ClusterPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A control plane that is killed and started again on the same data. Thread-safe. */
final class ChaosServer implements AutoCloseable {

    private static final String[] OPTIONS = {"--process-nodes", "2", "--simulated-nodes", "3"};

    private final Path data;
    private volatile ServerChild child;
    private volatile HttpTransport transport;

    ChaosServer(Path data) throws IOException {
        this.data = data;
        this.child = ServerChild.start(data, OPTIONS);
        this.transport = connect();
    }

    /**
     * What a server holds on to.
     *
     * @param files open files, sockets and pipes by sort; empty where they cannot be counted
     * @param threads threads of both sorts
     */
    record Holdings(Map<String, Integer> files, long threads) {

        /** Those of containers. */
        int containerFiles() {
            return sum(true);
        }

        /** All others. */
        int otherFiles() {
            return sum(false);
        }

        private int sum(boolean containers) {
            return files.entrySet().stream()
                    .filter(each -> each.getKey().contains("/data/nodes/") == containers)
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    private HttpTransport connect() throws IOException {
        return new HttpTransport(child.endpoint(), ClusterPki.load(data).adminContext(), Map::of);
    }

    /** Reaches the server that is alive when it is asked for. */
    Supplier<ResourceClient> of(GroupVersionResource resource) {
        return () -> new ApiClient(transport).resource(resource);
    }

    /** SIGKILL, and a new start. */
    void killAndStart() throws IOException, InterruptedException {
        child.kill();
        startAgain();
    }

    /** An orderly end, and a new start. */
    void restart() throws IOException, InterruptedException {
        child.close();
        startAgain();
    }

    private void startAgain() throws IOException {
        HttpTransport before = transport;
        child = ServerChild.start(data, OPTIONS);
        transport = connect();
        before.close();
    }

    Holdings holdings() throws IOException, InterruptedException {
        Path files = Path.of("/proc/" + child.pid() + "/fd");
        Map<String, Integer> open = new TreeMap<>();
        if (Files.isDirectory(files)) {
            try (Stream<Path> all = Files.list(files)) {
                all.forEach(file -> open.merge(sort(file), 1, Integer::sum));
            }
        }
        return new Holdings(open, threads());
    }

    private static String sort(Path file) {
        try {
            String target = Files.readSymbolicLink(file).toString();
            return target.endsWith(".jar") ? "jar" : target.replaceAll("[0-9a-f-]{6,}|\\d+", "*");
        } catch (IOException e) {
            return "gone";
        }
    }

    /** The JVM's own list, which has virtual threads as well. */
    private long threads() throws IOException, InterruptedException {
        Path dump = data.resolveSibling("threads-" + System.nanoTime() + ".json");
        Process asked =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(child.pid()),
                                "Thread.dump_to_file",
                                "-format=json",
                                dump.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (asked.waitFor() != 0) {
            throw new IOException("the threads cannot be counted");
        }
        JsonNode containers =
                new ObjectMapper()
                        .readTree(Files.readString(dump))
                        .path("threadDump")
                        .path("threadContainers");
        long count = 0;
        for (JsonNode container : containers) {
            count += container.path("threads").size();
        }
        return count;
    }

    @Override
    public void close() throws InterruptedException {
        transport.close();
        child.close();
    }
}
