package dev.pilothouse.server.fuzz;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What this process holds at one time, to see later whether it still holds no more.
 *
 * @param heapBytes what is in use after a collection
 * @param files open files and sockets, 0 where nobody counts them
 * @param threads platform threads
 */
record Leaks(long heapBytes, long files, int threads) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MORE_FILES = 12;
    private static final int MORE_THREADS = 6;

    static Leaks now() {
        return new Leaks(
                heap(),
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                        ? os.getOpenFileDescriptorCount()
                        : 0,
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static long heap() {
        System.gc();
        System.gc(); // what the first one only found to be unreachable
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * Waits until no more is held than was then.
     *
     * @param keptBytes what may have been added to the heap for good reasons
     */
    void assertNoMore(long keptBytes) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    Leaks now = now();
                    assertTrue(
                            now.heapBytes <= heapBytes + keptBytes
                                    && now.files <= files + MORE_FILES
                                    && now.threads <= threads + MORE_THREADS,
                            () -> this + " became " + now);
                });
    }
}
