package dev.pilothouse.server.endpoints;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.pilothouse.server.metrics.MetricsRegistry;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/** Figures of the process and the JVM, in the names that Prometheus clients use. */
final class ProcessMetrics {

    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;

    private ProcessMetrics() {}

    static void register(MetricsRegistry registry) {
        process(registry);
        memory(registry);
        registry.gauge(
                "jvm_threads_current",
                "Platform threads.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        registry.counter(
                "jvm_gc_collection_count",
                "Garbage collections.",
                () -> collections(GarbageCollectorMXBean::getCollectionCount));
        registry.counter(
                "jvm_gc_collection_milliseconds",
                "Milliseconds spent in garbage collections.",
                () -> collections(GarbageCollectorMXBean::getCollectionTime));
    }

    private static void process(MetricsRegistry registry) {
        double start = ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0;
        registry.gauge(
                "process_start_time_seconds", "Start of the process, Unix time.", () -> start);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os) {
            registry.gauge(
                    "process_cpu_seconds_total",
                    "CPU time of the process.",
                    () -> os.getProcessCpuTime() / 1e9);
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            registry.gauge(
                    "process_open_fds", "Open file descriptors.", os::getOpenFileDescriptorCount);
            registry.gauge(
                    "process_max_fds",
                    "Most file descriptors that may be open.",
                    os::getMaxFileDescriptorCount);
        }
        if (Files.isReadable(STATM)) {
            registry.gauge(
                    "process_resident_memory_bytes",
                    "Resident memory of the process.",
                    ProcessMetrics::resident);
        }
    }

    private static void memory(MetricsRegistry registry) {
        registry.gauge("jvm_memory_heap_used_bytes", "Used heap.", () -> heap().getUsed());
        registry.gauge(
                "jvm_memory_heap_committed_bytes",
                "Heap taken from the system.",
                () -> heap().getCommitted());
        registry.gauge("jvm_memory_heap_max_bytes", "Largest heap.", () -> heap().getMax());
    }

    private static MemoryUsage heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    }

    private static long collections(ToLongFunction<GarbageCollectorMXBean> figure) {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return collectors.stream().mapToLong(figure).sum();
    }

    private static double resident() {
        try {
            String[] fields = Files.readString(STATM).split(" ");
            return Long.parseLong(fields[1]) * (double) PAGE_BYTES;
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
    }
}
