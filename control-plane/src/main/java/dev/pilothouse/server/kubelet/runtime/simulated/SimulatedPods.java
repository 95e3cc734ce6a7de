package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.kubelet.runtime.simulated.Step.Memory;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Stage;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet.Match;
import dev.pilothouse.server.record.EventType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Moves pods on: what is due is written by a few workers, however many pods there are. */
final class SimulatedPods {

    private static final int WORKERS = 64;
    private static final int BUSY = 16;

    private final FleetClients clients;
    private final Lister<NodeView> nodes;
    private final Lister<PodView> pods;
    private final UsageModel usage;
    private final InstantSource clock;
    private final Addresses addresses = new Addresses(10, 244, 1 << 19);
    private final Map<String, Memory> memories = new ConcurrentHashMap<>();
    private final Map<String, Long> written = new ConcurrentHashMap<>();
    private final StageTimes stageTimes = new StageTimes();
    private final Map<String, Instant> stops = new ConcurrentHashMap<>();
    private final Set<String> killed = ConcurrentHashMap.newKeySet();
    private final WorkQueue<PodKey> queue;
    private final Controller<PodKey> controller;
    private @Nullable FleetEvents events;

    SimulatedPods(
            FleetClients clients,
            Lister<NodeView> nodes,
            Lister<PodView> pods,
            UsageModel usage,
            Delays delays,
            InstantSource clock) {
        this.clients = clients;
        this.nodes = nodes;
        this.pods = pods;
        this.usage = usage;
        this.clock = clock;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>("simulated-pods", WORKERS, queue, this::reconcile);
    }

    void tellBy(FleetEvents writer) {
        events = writer;
    }

    /** All pods are known. */
    void start() {
        pods.all().forEach(pod -> addresses.hold(pod.uid(), pod.state().podIp()));
        controller.start();
    }

    void close() {
        controller.close();
    }

    /** Whether pods wait to be moved on. */
    boolean isBusy() {
        return queue.size() > BUSY;
    }

    void add(PodView pod) {
        queue.add(pod.key());
    }

    void onDelta(Delta<PodView> delta) {
        PodView pod = delta.object();
        if (delta instanceof Delta.Deleted<PodView>) {
            forget(pod);
        } else if (isOurs(pod)) {
            queue.add(pod.key());
        }
    }

    private boolean isOurs(PodView pod) {
        if (pod.node().isEmpty()) {
            return false;
        }
        NodeView node = nodes.get("", pod.node());
        return node != null && node.simulated();
    }

    private void forget(PodView pod) {
        addresses.release(pod.uid());
        memories.remove(pod.uid());
        written.remove(pod.uid());
        stops.remove(pod.uid());
        stageTimes.forget(pod.uid());
        killed.remove(pod.uid());
    }

    private Result reconcile(PodKey key) {
        PodView pod = pods.get(key.namespace(), key.name());
        if (pod == null || !isOurs(pod)) {
            return Result.DONE;
        }
        NodeView node = nodes.get("", pod.node());
        Long last = written.get(pod.uid());
        boolean stale = last != null && last > pod.revision();
        if (node == null || node.isPartitioned() || stale) {
            // What is older than our own write comes again when that arrives.
            return Result.DONE;
        }
        try {
            return run(pod, node);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND || e.reason() == StatusReason.CONFLICT) {
                // Gone, or another pod of that name: the informer will tell.
                return Result.DONE;
            }
            throw e;
        }
    }

    private Result run(PodView pod, NodeView node) {
        Match stage = pod.stage();
        if (stage == null) {
            stageTimes.forget(pod.uid());
            return Result.DONE;
        }
        Instant now = clock.instant();
        Duration left = stageTimes.left(pod.uid(), stage, now);
        if (left.isPositive()) {
            return new Result.RequeueAfter(left);
        }
        Stage.Action action = stage.stage().next().action();
        if (action != null) {
            return switch (action) {
                case ADVANCE -> advance(pod, node);
                case TERMINATE -> terminate(pod);
            };
        }
        stageTimes.forget(pod.uid());
        StageRunner.run(
                stage.stage(),
                clients.whole(pod.node(), FleetClients.PODS),
                pod.namespace(),
                pod.name(),
                new StageRunner.Context(node.name(), node.address(), () -> addresses.of(pod.uid())),
                now);
        Stage.Event event = stage.stage().next().event();
        if (event != null) {
            EventType type = event.type().equals("Warning") ? EventType.WARNING : EventType.NORMAL;
            tell(pod, new Note(type, event.reason(), event.message(), ""), now);
        }
        return Result.DONE;
    }

    private Result advance(PodView pod, NodeView node) {
        Instant now = clock.instant();
        Memory memory = memories.getOrDefault(pod.uid(), Memory.NONE);
        Step step =
                PodLifecycle.advance(
                        pod,
                        now,
                        memory,
                        usage,
                        () ->
                                pod.workload().hostNetwork()
                                        ? node.address()
                                        : addresses.of(pod.uid()));
        remember(pod, step);
        ObjectNode patch = PodStatusPatch.of(pod, step.state(), node.address(), now);
        if (patch != null) {
            write(pod, patch);
        }
        step.notes().forEach(note -> tell(pod, note, now));
        return until(now, step.due());
    }

    private void write(PodView pod, ObjectNode patch) {
        ObjectNode answer =
                clients.pods(pod.node())
                        .patch(pod.namespace(), pod.name(), "status", PatchForm.STRATEGIC, patch);
        long revision = Long.parseLong(Json.text(answer, "metadata", "resourceVersion"));
        written.put(pod.uid(), revision);
    }

    private void remember(PodView pod, Step step) {
        if (step.due() == null && step.attempts() == 0) {
            memories.remove(pod.uid());
        } else {
            memories.put(pod.uid(), new Memory(step.due(), step.attempts()));
        }
    }

    private Result terminate(PodView pod) {
        Instant now = clock.instant();
        if (killed.add(pod.uid())) {
            tellOfStop(pod, now);
        }
        Duration time = pod.workload().knobs().duration("stop-time", "", pod.seed());
        Duration most = Duration.ofSeconds(pod.grace());
        Duration stop = time == null ? Duration.ZERO : time.compareTo(most) > 0 ? most : time;
        if (stop.isPositive()) {
            Instant due = stops.computeIfAbsent(pod.uid(), _ -> now.plus(stop));
            if (now.isBefore(due)) {
                return new Result.RequeueAfter(Duration.between(now, due));
            }
        }
        clients.pods(pod.node())
                .delete(
                        pod.namespace(),
                        pod.name(),
                        new DeleteOptions(DeleteOptions.Propagation.DEFAULT, 0, pod.uid(), ""));
        return Result.DONE;
    }

    private void tellOfStop(PodView pod, Instant now) {
        for (int i = 0; i < pod.workload().main().size(); i++) {
            if (pod.state().main().get(i).isRunning()) {
                String name = pod.workload().main().get(i).name();
                tell(
                        pod,
                        Note.normal(
                                "Killing",
                                "Stopping container " + name,
                                "spec.containers{" + name + "}"),
                        now);
            }
        }
    }

    private void tell(PodView pod, Note note, Instant now) {
        FleetEvents writer = events;
        if (writer != null) {
            writer.tell(pod, note, now);
        }
    }

    private static Result until(Instant now, @Nullable Instant due) {
        if (due == null) {
            return Result.DONE;
        }
        Duration delay = Duration.between(now, due);
        return new Result.RequeueAfter(delay.isPositive() ? delay : Duration.ofMillis(1));
    }
}
