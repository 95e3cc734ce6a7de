package dev.pilothouse.server.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.crash.ChaosServer.Holdings;
import dev.pilothouse.server.testing.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * While workloads roll and scale, pods, processes, nodes and the whole control plane are killed by
 * chance, for {@code -Dpilothouse.chaos} seconds (30). In the end everything is as wished, no
 * process is left over, the server holds on to no more threads and files than a fresh one, and
 * clients that only watched have seen every change once and in order.
 */
@Tag("crash")
@Timeout(1800)
@DisabledOnOs(OS.WINDOWS)
class ChaosTest {

    private static final long SECONDS = Long.getLong("pilothouse.chaos", 30);
    private static final long SEED =
            Long.getLong("pilothouse.chaos.seed", System.nanoTime() % 1_000_000);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_MILLIS_TO_KILL = 12_000;

    /** Two ends of its output, and a log. */
    private static final int FILES_OF_CONTAINER = 3;

    /** Connections and requests that happen to be under way. */
    private static final int SPARE_FILES = 12;

    private static final long SPARE_THREADS = 40;

    @TempDir Path directory;

    private final Random random = new Random(SEED);

    /** By an odd number of seconds to sleep for, processes are known as those of this test. */
    private final String mark =
            Long.toString(100_000_000 + ProcessHandle.current().pid() * 1000 + SEED % 1000);

    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void endsAsWished() throws Exception {
        System.out.printf("chaos: seed=%d for %d s%n", SEED, SECONDS);
        ChaosServer server = new ChaosServer(directory.resolve("data"));
        ChaosWorkloads workloads = new ChaosWorkloads(server, mark);
        Map<String, HistoryWatcher> watchers = new TreeMap<>();
        try {
            workloads.create();
            for (GroupVersionResource resource :
                    List.of(
                            Cluster.PODS,
                            Cluster.DEPLOYMENTS,
                            Cluster.REPLICA_SETS,
                            Cluster.STATEFUL_SETS,
                            Cluster.JOBS,
                            ChaosWorkloads.CONFIG_MAPS)) {
                watchers.put(
                        resource.resource(),
                        new HistoryWatcher(
                                server.of(resource), ListOptions.in(ChaosWorkloads.NAMESPACE)));
            }
            watchers.put("nodes", new HistoryWatcher(server.of(Cluster.NODES), ListOptions.ALL));
            awaitWishes(workloads, "at first", List.of());
            ChaosActs acts = new ChaosActs(server, workloads, random);
            Thread beat = Thread.ofVirtual().start(() -> beat(server));
            int kills = wreak(server, acts);
            over.set(true);
            beat.join();
            acts.makeUp();
            awaitWishes(workloads, "in the end", acts.done());
            checkHistory(watchers);
            checkHoldings(server, workloads, acts.done());
            report(kills, acts, watchers);
            workloads.delete();
            await("processes are left", () -> workloads.processes().isEmpty());
        } finally {
            over.set(true);
            watchers.values().forEach(HistoryWatcher::close);
            server.close();
            workloads.processes().forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** The last third of the time passes without kills, so that there is something to leak. */
    private int wreak(ChaosServer server, ChaosActs acts) throws Exception {
        long begin = System.nanoTime();
        long end = begin + Duration.ofSeconds(SECONDS).toNanos();
        long calm = begin + Duration.ofSeconds(SECONDS).toNanos() * 2 / 3;
        long kill = begin + nanosToKill();
        int kills = 0;
        while (System.nanoTime() < end) {
            if (System.nanoTime() > kill && System.nanoTime() < calm) {
                acts.done().add("KILL THE SERVER");
                server.killAndStart();
                kills++;
                kill = System.nanoTime() + nanosToKill();
            }
            acts.next();
            Thread.sleep(random.nextInt(100, 900));
        }
        return kills;
    }

    private long nanosToKill() {
        return Duration.ofMillis(random.nextInt(500, MOST_MILLIS_TO_KILL)).toNanos();
    }

    /** Writes whose acknowledgement has arrived must have been seen by those who watch. */
    private void beat(ChaosServer server) {
        for (int i = 1; !over.get(); i++) {
            ObjectNode patch = Json.object();
            patch.putObject("data").put("n", Integer.toString(i));
            try {
                ObjectNode answer =
                        server.of(ChaosWorkloads.CONFIG_MAPS)
                                .get()
                                .patch(ChaosWorkloads.NAMESPACE, "beat", PatchForm.MERGE, patch);
                acknowledged.add(Long.parseLong(Json.text(answer, "metadata", "resourceVersion")));
                Thread.sleep(20);
            } catch (TransportException | ApiException e) {
                // Not acknowledged: it may have been written, or not.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void awaitWishes(ChaosWorkloads workloads, String when, List<String> acts)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> troubles = workloads.troubles();
        while (!troubles.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        when
                                + ", seed "
                                + SEED
                                + ": "
                                + troubles
                                + "\nafter "
                                + String.join("\n  ", acts));
            }
            Thread.sleep(250);
            troubles = workloads.troubles();
        }
    }

    private void checkHistory(Map<String, HistoryWatcher> watchers) throws InterruptedException {
        for (Map.Entry<String, HistoryWatcher> each : watchers.entrySet()) {
            HistoryWatcher watcher = each.getValue();
            await(each.getKey() + ": the picture is not what a list shows", watcher::agrees);
            assertEquals(List.of(), watcher.faults());
            List<HistoryWatcher.Step> seen = watcher.steps();
            List<HistoryWatcher.Step> told = watcher.replayed();
            assertEquals(seen, told.subList(0, seen.size()), each.getKey());
        }
        Set<Long> seen =
                watchers.get("configmaps").steps().stream()
                        .map(HistoryWatcher.Step::revision)
                        .collect(Collectors.toSet());
        List<Long> lost = new ArrayList<>(acknowledged);
        lost.removeAll(seen);
        assertEquals(List.of(), lost, "acknowledged writes that no watcher has seen");
        assertTrue(acknowledged.size() > SECONDS, "too little was written to mean anything");
    }

    /** A server that has been through all of that, and a fresh one in the same state. */
    private void checkHoldings(ChaosServer server, ChaosWorkloads workloads, List<String> acts)
            throws Exception {
        Holdings worn = server.holdings();
        server.restart();
        awaitWishes(workloads, "after a restart", acts);
        Holdings fresh = server.holdings();
        String both = "worn " + worn + ", fresh " + fresh;
        // A fresh server may not have found its containers again yet, so these are counted.
        int containers = workloads.processes().size() * FILES_OF_CONTAINER;
        assertTrue(worn.containerFiles() <= containers, both);
        assertTrue(worn.otherFiles() <= fresh.otherFiles() + SPARE_FILES, both);
        assertTrue(worn.threads() <= fresh.threads() + SPARE_THREADS, both);
        System.out.printf(
                "chaos: worn %d files, %d threads; fresh %d files, %d threads%n",
                worn.otherFiles(), worn.threads(), fresh.otherFiles(), fresh.threads());
    }

    private void report(int kills, ChaosActs acts, Map<String, HistoryWatcher> watchers) {
        Map<String, Long> counts =
                acts.done().stream()
                        .collect(
                                Collectors.groupingBy(
                                        act -> act.replaceFirst("^(\\w+ ?\\w*).*", "$1"),
                                        TreeMap::new,
                                        Collectors.counting()));
        System.out.printf(
                "chaos: seed=%d kills of the server=%d acts=%d events=%d breaks=%d beats=%d%n  %s%n",
                SEED,
                kills,
                acts.done().size(),
                watchers.values().stream().mapToInt(each -> each.steps().size()).sum(),
                watchers.values().stream().mapToInt(HistoryWatcher::breaks).sum(),
                acknowledged.size(),
                counts);
    }

    private static void await(String otherwise, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, otherwise);
            Thread.sleep(100);
        }
    }
}
