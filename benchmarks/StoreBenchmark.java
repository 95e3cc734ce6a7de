import com.sun.management.OperatingSystemMXBean;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.IndexFields;
import dev.pilothouse.server.storage.Provenance;
import dev.pilothouse.server.storage.WriteRequest;
import dev.pilothouse.server.storage.WriteRequest.Type;
import dev.pilothouse.server.storage.h2.H2Storage;
import dev.pilothouse.server.storage.h2.H2StorageOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Measures the store by itself, without requests: durable writes, and what 100,000 pods cost at a
 * start and in memory. Run by {@code pilothouse benchmark} with the packaged server on the class path.
 */
public final class StoreBenchmark {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final int PODS_HELD = Integer.getInteger("pods", 100_000);
    private static final int WRITES = Integer.getInteger("writes", 20_000);
    private static final int POD_BYTES = 3_300;

    private final Path folder;
    private final AtomicInteger number = new AtomicInteger();

    private StoreBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("pilothouse-store");
        try {
            new StoreBenchmark(folder).run();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run() throws Exception {
        try (DurableStorage store = open()) {
            write(store, 64, WRITES); // to compile it
            for (int clients : new int[] {1, 8, 64}) {
                measureWrites(store, clients);
            }
            write(store, 256, PODS_HELD - number.get());
        }
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        try (DurableStorage store = open()) {
            double seconds = (System.nanoTime() - before) / 1e9;
            double work = (system.getProcessCpuTime() - cpu) / 1e9;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            say(
                    "store with %,d pods: opens in %.2f s (goal 2; %.2f s of processor time), heap %d MiB (goal for the whole server 700),"
                            + " file %d MiB",
                    store.snapshot(PODS).size(""),
                    seconds,
                    work,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                    bytesOnDisk() >> 20);
        }
    }

    private DurableStorage open() {
        return H2Storage.open(
                H2StorageOptions.of(folder.resolve("store"), "local"),
                (key, json) -> fields(key.name()));
    }

    private void measureWrites(DurableStorage store, int clients) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int writes = clients == 1 ? WRITES / 10 : WRITES;
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        write(store, clients, writes);
        double seconds = (System.nanoTime() - start) / 1e9;
        say(
                "durable writes of %d bytes, %d clients: %,.0f/s, %.0f us of processor time each",
                POD_BYTES,
                clients,
                writes / seconds,
                (system.getProcessCpuTime() - cpu) / 1e3 / writes);
    }

    private void write(DurableStorage store, int clients, int writes) throws Exception {
        int end = number.get() + writes;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                int next = number.getAndIncrement();
                                while (next < end) {
                                    store.write(pod(next)).join();
                                    next = number.getAndIncrement();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        number.set(end);
    }

    private static WriteRequest pod(int number) {
        String name = "pod-" + number;
        String head =
                "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\""
                        + name
                        + "\",\"namespace\":\"default\"},\"spec\":{\"text\":\"";
        String json = head + "x".repeat(POD_BYTES - head.length() - 3) + "\"}}";
        return new WriteRequest(
                Type.CREATE,
                new ObjectKey(PODS, "default", name),
                0,
                json.getBytes(StandardCharsets.UTF_8),
                fields(name),
                Durability.STRICT,
                new Provenance("benchmark", "create"));
    }

    private static IndexFields fields(String name) {
        return IndexFields.of(
                Map.of("app", "benchmark", "tier", "web"),
                Map.of("metadata.name", name, "metadata.namespace", "default"));
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
