package dev.pilothouse.server.testing;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.informer.Backoff;
import dev.pilothouse.model.informer.CachedObject;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays scheduler and kubelets: binds pods to nodes in turn, and says of each what the test wants
 * to become of it. Pods that are to go, go at once.
 */
public final class FakeKubelet implements AutoCloseable {

    /** What becomes of a pod on its node. */
    public sealed interface Fate {

        /** It runs, and is ready. */
        Fate RUN = new Run(true);

        /** It runs, and is not ready. */
        Fate UNREADY = new Run(false);

        /** It stays pending. */
        Fate STAY = new Stay();

        /** It ends well at once. */
        Fate COMPLETE = new End(0);

        record Run(boolean ready) implements Fate {}

        record Stay() implements Fate {}

        record End(int exitCode) implements Fate {}
    }

    private final ResourceClient pods;
    private final List<String> nodes;
    private final InstantSource clock;
    private final Informer<CachedObject> informer;
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Function<ObjectNode, Fate> fate;

    /** At work at once. */
    public FakeKubelet(
            Cluster cluster,
            List<String> nodes,
            InstantSource clock,
            Function<ObjectNode, Fate> fate) {
        this.pods = cluster.of(Cluster.PODS);
        this.nodes = List.copyOf(nodes);
        this.clock = clock;
        this.fate = fate;
        this.informer =
                new Informer<>(
                        pods, ListOptions.ALL, CachedObject::of, Map.of(), Backoff.REFLECTOR);
        informer.addHandler(this::changed);
        informer.start();
    }

    /** From now on this becomes of pods, also of those that are there. */
    public void decide(Function<ObjectNode, Fate> decision) {
        fate = decision;
        informer.lister().all().forEach(pod -> submit(pod.tree()));
    }

    private void changed(Delta<CachedObject> delta) {
        if (!(delta instanceof Delta.Deleted<CachedObject>)) {
            submit(delta.object().tree());
        }
    }

    private void submit(ObjectNode pod) {
        try {
            threads.execute(() -> handle(pod));
        } catch (RejectedExecutionException _) {
            // closed
        }
    }

    private void handle(ObjectNode pod) {
        try {
            if (Json.at(pod, "metadata", "deletionTimestamp") != null) {
                remove(pod);
            } else if (Json.text(pod, "spec", "nodeName").isEmpty()) {
                bind(pod);
            } else {
                live(pod);
            }
        } catch (ApiException | TransportException _) {
            // It has changed meanwhile, which brings it here again.
        }
    }

    private void remove(ObjectNode pod) {
        pods.delete(
                namespace(pod),
                name(pod),
                new DeleteOptions(Propagation.DEFAULT, 0, Json.text(pod, "metadata", "uid"), ""));
    }

    private void bind(ObjectNode pod) {
        String wanted = target(pod);
        String node =
                wanted.isEmpty()
                        ? nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()))
                        : wanted;
        ObjectNode binding = Json.object();
        binding.put("apiVersion", "v1").put("kind", "Binding");
        binding.putObject("metadata").put("name", name(pod)).put("namespace", namespace(pod));
        binding.putObject("target").put("kind", "Node").put("name", node);
        pods.create(namespace(pod), name(pod), "binding", binding);
    }

    private static String target(ObjectNode pod) {
        for (ObjectNode term :
                Json.objects(
                        pod,
                        "spec",
                        "affinity",
                        "nodeAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        "nodeSelectorTerms")) {
            for (ObjectNode field : Json.objects(term, "matchFields")) {
                return field.path("values").path(0).asString("");
            }
        }
        return "";
    }

    private void live(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return;
        }
        boolean ready = phase.equals("Running") && isReady(pod);
        switch (fate.apply(pod)) {
            case Fate.Stay() -> {}
            case Fate.Run(boolean wanted) -> {
                if (!phase.equals("Running") || ready != wanted) {
                    status(pod, "Running", wanted, -1);
                }
            }
            case Fate.End(int code) -> status(pod, code == 0 ? "Succeeded" : "Failed", false, code);
        }
    }

    private void status(ObjectNode pod, String phase, boolean ready, int exitCode) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode patch = Json.object();
        ObjectNode status = patch.putObject("status");
        status.put("phase", phase);
        ObjectNode condition = status.putArray("conditions").addObject();
        condition.put("type", "Ready").put("status", ready ? "True" : "False");
        condition.put("lastTransitionTime", now);
        if (exitCode >= 0) {
            ObjectNode container = status.putArray("containerStatuses").addObject();
            ObjectNode spec = Json.objects(pod, "spec", "containers").getFirst();
            container.put("name", Json.text(spec, "name"));
            container.put("image", Json.text(spec, "image")).put("imageID", "");
            container.put("ready", false).put("restartCount", 0);
            ObjectNode end = container.putObject("state").putObject("terminated");
            end.put("exitCode", exitCode).put("reason", exitCode == 0 ? "Completed" : "Error");
            end.put("startedAt", now).put("finishedAt", now);
        }
        pods.patch(namespace(pod), name(pod), "status", PatchForm.STRATEGIC, patch);
    }

    private static boolean isReady(ObjectNode pod) {
        return Json.objects(pod, "status", "conditions").stream()
                .anyMatch(condition ->
                        Json.text(condition, "type").equals("Ready")
                                && Json.text(condition, "status").equals("True"));
    }

    private static String namespace(ObjectNode pod) {
        return Json.text(pod, "metadata", "namespace");
    }

    private static String name(ObjectNode pod) {
        return Json.text(pod, "metadata", "name");
    }

    @Override
    public void close() {
        informer.close();
        threads.shutdownNow();
    }
}
