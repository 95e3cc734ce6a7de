package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.kubelet.runtime.simulated.Step.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Works out what a kubelet would report of a pod at a moment, from what it has reported so far: one
 * pass over its containers, in which as much happens as can happen at that moment. Not thread-safe;
 * made for one pass.
 */
final class PodLifecycle {

    private final PodView pod;
    private final Workload workload;
    private final Instant now;
    private final Supplier<String> address;
    private final List<Note> notes = new ArrayList<>();
    private final ContainerLifecycle containers;
    private PodState state;

    private PodLifecycle(
            PodView pod, Instant now, Memory memory, UsageModel usage, Supplier<String> address) {
        this.pod = pod;
        this.workload = pod.workload();
        this.now = now;
        this.address = address;
        this.state = pod.state();
        this.containers = new ContainerLifecycle(pod, now, memory, usage, notes);
    }

    /**
     * One pass.
     *
     * @param memory what the pass before left
     * @param usage knows when memory runs out
     * @param address gives a new pod its address
     */
    static Step advance(
            PodView pod, Instant now, Memory memory, UsageModel usage, Supplier<String> address) {
        return new PodLifecycle(pod, now, memory, usage, address).run();
    }

    private Step run() {
        if (!state.isTerminal()) {
            begin();
            if (!isPastDeadline() && !isDelayed() && initialize()) {
                runMain();
                runEphemeral();
            }
            settlePhase();
        }
        Instant due = state.isTerminal() ? null : containers.due();
        return new Step(state, notes, due, containers.attempts());
    }

    private void begin() {
        if (state.started() != 0) {
            return;
        }
        state = state.begin(now.getEpochSecond(), address.get());
        if (!workload.init().isEmpty()) {
            for (int i = 0; i < state.main().size(); i++) {
                state = state.withMain(i, ContainerState.waiting("PodInitializing"));
            }
            for (int i = 0; i < state.init().size(); i++) {
                state = state.withInit(i, ContainerState.waiting("PodInitializing"));
            }
        }
    }

    /** Source: kubelet's activeDeadlineHandler. */
    private boolean isPastDeadline() {
        if (workload.activeSeconds() == 0) {
            return false;
        }
        Instant end = Instant.ofEpochSecond(state.started() + workload.activeSeconds());
        if (containers.isPending(end)) {
            return false;
        }
        state =
                state.fail(
                        "DeadlineExceeded",
                        "Pod was active on the node longer than the specified deadline");
        notes.add(
                Note.normal(
                        "DeadlineExceeded",
                        "Pod was active on the node longer than the specified deadline",
                        ""));
        endAll(137, "Error");
        return true;
    }

    private boolean isDelayed() {
        boolean untouched =
                state.init().stream().allMatch(PodLifecycle::isUntouched)
                        && state.main().stream().allMatch(PodLifecycle::isUntouched);
        if (!untouched) {
            return false;
        }
        Duration delay = workload.knobs().duration("start-delay", "", pod.seed());
        if (delay == null || delay.isZero()) {
            return false;
        }
        boolean fresh = pod.state().started() == 0;
        Instant from = fresh ? now : Instant.ofEpochSecond(state.started());
        return containers.isPending(from.plus(delay));
    }

    private static boolean isUntouched(ContainerState container) {
        return container.kind() == ContainerState.Kind.WAITING
                && container.last() == null
                && !container.reason().startsWith("ErrImage")
                && !container.reason().startsWith("ImagePull");
    }

    /** Runs init containers one after the other; true when all are done. */
    private boolean initialize() {
        for (int i = 0; i < workload.init().size(); i++) {
            ContainerSpec spec = workload.init().get(i);
            ContainerState before = state.init().get(i);
            if (!spec.isSidecar() && PodState.isDone(spec, before)) {
                continue;
            }
            ContainerState after =
                    spec.isSidecar()
                            ? containers.main(
                                    spec, before, "spec.initContainers{" + spec.name() + "}")
                            : containers.init(spec, before);
            state = state.withInit(i, after);
            if (!PodState.isDone(spec, after)) {
                boolean failed = after.ended() != null && workload.restartPolicy().equals("Never");
                if (failed && !spec.isSidecar()) {
                    state = state.withPhase("Failed");
                }
                return false;
            }
        }
        return true;
    }

    private void runMain() {
        for (int i = 0; i < workload.main().size(); i++) {
            ContainerSpec spec = workload.main().get(i);
            String path = "spec.containers{" + spec.name() + "}";
            state = state.withMain(i, containers.main(spec, state.main().get(i), path));
        }
    }

    private void runEphemeral() {
        for (int i = 0; i < workload.ephemeral().size(); i++) {
            ContainerSpec spec = workload.ephemeral().get(i);
            ContainerState before = state.ephemeral().get(i);
            if (before.kind() == ContainerState.Kind.WAITING) {
                String path = "spec.ephemeralContainers{" + spec.name() + "}";
                state = state.withEphemeral(i, containers.start(spec, before, path));
            }
        }
    }

    /** Source: kubelet's getPhase. */
    private void settlePhase() {
        if (state.isTerminal()) {
            endSidecars();
            return;
        }
        boolean over = !state.main().isEmpty();
        boolean good = true;
        boolean begun = false;
        for (int i = 0; i < state.main().size(); i++) {
            ContainerState container = state.main().get(i);
            ContainerState.Ended ended = container.ended();
            begun |= container.isRunning() || ended != null || container.last() != null;
            over &= ended != null && !workload.restarts(workload.main().get(i), ended.exitCode());
            good &= ended != null && ended.exitCode() == 0;
        }
        if (over) {
            state = state.withPhase(good ? "Succeeded" : "Failed");
            endSidecars();
        } else {
            state = state.withPhase(begun ? "Running" : "Pending");
        }
    }

    private void endSidecars() {
        for (int i = 0; i < state.init().size(); i++) {
            state = state.withInit(i, ended(state.init().get(i), 0, "Completed"));
        }
    }

    private void endAll(int exitCode, String reason) {
        for (int i = 0; i < state.main().size(); i++) {
            state = state.withMain(i, ended(state.main().get(i), exitCode, reason));
        }
        for (int i = 0; i < state.init().size(); i++) {
            state = state.withInit(i, ended(state.init().get(i), exitCode, reason));
        }
    }

    private ContainerState ended(ContainerState container, int exitCode, String reason) {
        return container.isRunning()
                ? container.end(exitCode, reason, now.getEpochSecond())
                : container;
    }
}
