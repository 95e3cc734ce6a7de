package dev.pilothouse.ui.action;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.action.DrainPlan.Entry;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.ApiPaths;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.RefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drains a node as kubectl does: makes it unschedulable, then evicts its pods, always by the
 * eviction API, and waits for those that a disruption budget holds back. Thread-safe.
 */
public final class Drain implements AutoCloseable {

    private static final Kind BUDGETS =
            new Kind("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);

    /** As long as kubectl waits after an eviction that a budget refused. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_FOUND = 404;

    private final Cluster cluster;
    private final DrainPlan plan;
    private final Executor back;
    private final Listener listener;
    private final Map<String, CountDownLatch> gone = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** What has become of a pod so far. */
    public enum Step {
        /** The eviction has been asked for. */
        EVICTING,
        /** A disruption budget does not allow it yet. */
        HELD,
        /** It is on its way out. */
        ENDING,
        /** It is gone. */
        GONE,
        /** It stays, for a reason that waiting does not mend. */
        FAILED
    }

    /** Is told how it goes, through the executor. */
    public interface Listener {
        /** A pod has come further; the detail is what the server said, or empty. */
        void step(Entry pod, Step step, String detail);

        /** All is done; the reason says why it ended early, or is empty. */
        void ended(String reason);
    }

    private Drain(Cluster cluster, DrainPlan plan, Executor back, Listener listener) {
        this.cluster = cluster;
        this.plan = plan;
        this.back = back;
        this.listener = listener;
    }

    /** Reads what a plan is made of; blocks. */
    public static DrainPlan plan(Cluster cluster, String node)
            throws IOException, InterruptedException {
        DrainPlan plan =
                DrainPlan.of(
                        node,
                        cluster.objects(Kinds.PODS, "", onNode(node)),
                        cluster.objects(BUDGETS, "", ""));
        try {
            return plan.with(Placements.without(cluster, node));
        } catch (RefusedException e) {
            // Other servers cannot tell where pods would go.
            return plan;
        }
    }

    /**
     * Begins to drain.
     *
     * @param back where the listener is called
     */
    public static Drain start(Cluster cluster, DrainPlan plan, Executor back, Listener listener) {
        Drain drain = new Drain(cluster, plan, back, listener);
        drain.spawn(drain::run);
        return drain;
    }

    /** Evicts no more pods; the node stays unschedulable. */
    @Override
    public void close() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
    }

    private void spawn(Runnable task) {
        threads.add(Thread.ofVirtual().name("drain " + plan.node()).start(task));
    }

    private void run() {
        String reason = "";
        try {
            cluster.call(Actions.cordon(new Target(Kinds.NODES, "", plan.node()), true));
            List<Entry> going = plan.entries().stream().filter(Entry::goes).toList();
            going.forEach(pod -> gone.put(pod.uid(), new CountDownLatch(1)));
            Thread watcher = Thread.ofVirtual().start(this::watch);
            threads.add(watcher);
            List<Thread> evictions =
                    going.stream()
                            .map(pod ->
                                    Thread.ofVirtual()
                                            .name("evict " + pod.name())
                                            .start(() -> evict(pod)))
                            .toList();
            threads.addAll(evictions);
            for (Thread eviction : evictions) {
                eviction.join();
            }
            watcher.interrupt();
        } catch (IOException e) {
            reason = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String why = reason;
        back.execute(() -> listener.ended(why));
    }

    private void evict(Entry pod) {
        try {
            tell(pod, Step.EVICTING, "");
            while (stopped.getCount() > 0) {
                try {
                    cluster.call(eviction(pod));
                    tell(pod, Step.ENDING, "");
                    latch(pod).await();
                    tell(pod, Step.GONE, "");
                    return;
                } catch (RefusedException e) {
                    if (e.code() == NOT_FOUND) {
                        tell(pod, Step.GONE, "");
                        return;
                    }
                    if (e.code() != TOO_MANY_REQUESTS) {
                        tell(pod, Step.FAILED, String.valueOf(e.getMessage()));
                        return;
                    }
                    tell(pod, Step.HELD, String.valueOf(e.getMessage()));
                    boolean end = stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                    if (end) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            tell(pod, Step.FAILED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ApiCall eviction(Entry pod) {
        ObjectNode eviction = Json.object();
        eviction.put("apiVersion", "policy/v1");
        eviction.put("kind", "Eviction");
        eviction.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
        eviction.putObject("deleteOptions").putObject("preconditions").put("uid", pod.uid());
        return ApiCall.post(Kinds.PODS.path(pod.namespace(), pod.name()) + "/eviction", eviction);
    }

    /** Follows the pods of the node, so that each end is noticed when it happens. */
    private void watch() {
        while (stopped.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            String path =
                    Kinds.PODS.path()
                            + "?watch=1&sendInitialEvents=true&allowWatchBookmarks=true"
                            + "&resourceVersionMatch=NotOlderThan&"
                            + onNode(plan.node());
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(cluster.stream(path), StandardCharsets.UTF_8))) {
                Set<String> present = ConcurrentHashMap.newKeySet();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    apply(Json.parse(line), present);
                }
            } catch (IOException e) {
                if (!pause()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void apply(JsonNode event, Set<String> present) {
        String uid = Json.text(event, "object", "metadata", "uid");
        switch (Json.text(event, "type")) {
            case "ADDED", "MODIFIED" -> present.add(uid);
            case "DELETED" -> {
                present.remove(uid);
                release(uid);
            }
            case "BOOKMARK" ->
                    gone.keySet().stream()
                            .filter(each -> !present.contains(each))
                            .forEach(this::release);
            default -> {}
        }
    }

    private void release(String uid) {
        CountDownLatch latch = gone.get(uid);
        if (latch != null) {
            latch.countDown();
        }
    }

    private CountDownLatch latch(Entry pod) {
        @Nullable CountDownLatch latch = gone.get(pod.uid());
        return latch == null ? new CountDownLatch(0) : latch;
    }

    private static boolean pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void tell(Entry pod, Step step, String detail) {
        back.execute(() -> listener.step(pod, step, detail));
    }

    private static String onNode(String node) {
        return "fieldSelector=" + ApiPaths.parameter("spec.nodeName=" + node);
    }
}
