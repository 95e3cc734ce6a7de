package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.kubelet.runtime.simulated.ContainerState.Ended;
import dev.pilothouse.server.kubelet.runtime.simulated.Step.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of single containers at a moment; collects when to look again. Waiting for a moment
 * that was waited for before goes by the exact time remembered, for a status counts whole seconds.
 * Not thread-safe. Source of back-offs, reasons and messages: pkg/kubelet/kuberuntime and
 * pkg/kubelet/images.
 */
final class ContainerLifecycle {

    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final Duration CRASH_AFTER = Duration.ofSeconds(1);
    private static final Duration JOB_TIME = Duration.ofSeconds(1);
    private static final Duration PULL_PAUSE = Duration.ofSeconds(3);
    private static final long FIRST_BACKOFF = 10;
    private static final long LONGEST_BACKOFF = 300;
    private static final long CALM_SECONDS = 600;

    /** Enough to start, to be ready and to end at one moment, and no endless loop. */
    private static final int MOST_CHANGES = 5;

    private final PodView pod;
    private final Knobs knobs;
    private final Instant now;
    private final List<Note> notes;
    private final Memory memory;
    private final UsageModel usage;
    private int attempts;
    private @Nullable Instant due;

    /** Which end awaits a running container. */
    private record Exit(Instant when, int code, String reason) {}

    ContainerLifecycle(
            PodView pod, Instant now, Memory memory, UsageModel usage, List<Note> notes) {
        this.usage = usage;
        this.pod = pod;
        this.knobs = pod.workload().knobs();
        this.now = now;
        this.memory = memory;
        this.notes = notes;
        this.attempts = memory.attempts();
    }

    /** When to look again, or null. */
    @Nullable Instant due() {
        return due;
    }

    int attempts() {
        return attempts;
    }

    /** Whether a moment is still to come; if so it is waited for. */
    boolean isPending(Instant moment) {
        Instant held = memory.due();
        boolean same =
                held != null && !held.isBefore(moment) && held.isBefore(moment.plusSeconds(1));
        Instant exact = same && held != null ? held : moment;
        if (!now.isBefore(exact)) {
            return false;
        }
        if (due == null || exact.isBefore(due)) {
            due = exact;
        }
        return true;
    }

    /** A container that ends by itself before the next one begins. */
    ContainerState init(ContainerSpec spec, ContainerState before) {
        String path = "spec.initContainers{" + spec.name() + "}";
        ContainerState state = before;
        if (state.kind() == ContainerState.Kind.WAITING) {
            state = wake(spec, state, path);
        }
        if (state.isRunning()) {
            Duration time = knobs.duration("init-time", spec.name(), pod.seed());
            Instant end = since(state.started(), before).plus(time == null ? Duration.ZERO : time);
            if (!isPending(end)) {
                String own = knobs.values().get("exit-code." + spec.name());
                int code = own == null ? 0 : knobs.number("exit-code", spec.name(), 0);
                state = state.end(code, code == 0 ? "Completed" : "Error", now.getEpochSecond());
            }
        }
        Ended ended = state.ended();
        boolean retried = !pod.workload().restartPolicy().equals("Never");
        if (ended != null && ended.exitCode() != 0 && retried) {
            state = restart(spec, state, ended, path);
        }
        return state;
    }

    /** A container that goes on, unless something makes it end. */
    ContainerState main(ContainerSpec spec, ContainerState before, String path) {
        ContainerState state = before;
        for (int i = 0; i < MOST_CHANGES; i++) {
            ContainerState next = change(spec, state, before, path);
            boolean settled = next.equals(state) || next.kind() == ContainerState.Kind.WAITING;
            state = next;
            if (settled) {
                break;
            }
        }
        return state;
    }

    private ContainerState change(
            ContainerSpec spec, ContainerState state, ContainerState before, String path) {
        if (state.kind() == ContainerState.Kind.WAITING) {
            return wake(spec, state, path);
        }
        Ended ended = state.ended();
        if (ended != null) {
            return pod.workload().restarts(spec, ended.exitCode())
                    ? restart(spec, state, ended, path)
                    : state;
        }
        ContainerState probed = probe(spec, state, before);
        Exit exit = exit(spec, probed, before);
        return exit == null || isPending(exit.when())
                ? probed
                : probed.end(exit.code(), exit.reason(), now.getEpochSecond());
    }

    /** Starts a container: its image is there. */
    ContainerState start(ContainerSpec spec, ContainerState state, String path) {
        notes.add(
                Note.normal(
                        "Pulled",
                        "Container image \"%s\" already present on machine and can be accessed by the pod"
                                .formatted(spec.image()),
                        path));
        notes.add(Note.normal("Created", "Container created", path));
        notes.add(Note.normal("Started", "Container started", path));
        return state.run(now.getEpochSecond());
    }

    private ContainerState wake(ContainerSpec spec, ContainerState state, String path) {
        Ended last = state.last();
        if (state.reason().equals("CrashLoopBackOff") && last != null) {
            return isPending(Instant.ofEpochSecond(last.finished() + backoff(state)))
                    ? state
                    : start(spec, state, path);
        }
        return knobs.on("image-error", spec.name())
                ? pull(spec, state, path)
                : start(spec, state, path);
    }

    private ContainerState pull(ContainerSpec spec, ContainerState state, String path) {
        String image = spec.image();
        Instant held = memory.due();
        if (state.reason().equals("ErrImagePull")) {
            if (isPending(held == null ? now.plus(PULL_PAUSE) : held)) {
                return state;
            }
            isPending(now.plusSeconds(pullBackoff()));
            String message = "Back-off pulling image \"" + image + "\"";
            notes.add(Note.normal("BackOff", message, path));
            notes.add(Note.warning("Failed", "Error: ImagePullBackOff", path));
            return state.waitingFor(
                    "ImagePullBackOff", message + ": ErrImagePull: " + refusal(image));
        }
        boolean backingOff = state.reason().equals("ImagePullBackOff");
        if (backingOff && isPending(held == null ? now.plusSeconds(FIRST_BACKOFF) : held)) {
            return state;
        }
        attempts++;
        isPending(now.plus(PULL_PAUSE));
        notes.add(Note.normal("Pulling", "Pulling image \"" + image + "\"", path));
        notes.add(
                Note.warning(
                        "Failed",
                        "Failed to pull image \"%s\": %s".formatted(image, refusal(image)),
                        path));
        notes.add(Note.warning("Failed", "Error: ErrImagePull", path));
        return state.waitingFor("ErrImagePull", refusal(image));
    }

    private long pullBackoff() {
        return Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << Math.min(attempts - 1, 5));
    }

    private static String refusal(String image) {
        return "rpc error: code = NotFound desc = failed to pull and unpack image \"%s\": %s: not found (simulated)"
                .formatted(image, image);
    }

    private ContainerState probe(ContainerSpec spec, ContainerState state, ContainerState before) {
        if (knobs.on("not-ready", spec.name())) {
            return state.withReady(false);
        }
        if (state.ready()) {
            return state;
        }
        Duration after = knobs.duration("ready-after", spec.name(), pod.seed());
        Duration delay = after == null ? Duration.ofSeconds(spec.readyAfterSeconds()) : after;
        return isPending(since(state.started(), before).plus(delay))
                ? state
                : state.withReady(true);
    }

    private @Nullable Exit exit(ContainerSpec spec, ContainerState state, ContainerState before) {
        Instant from = since(state.started(), before);
        String name = spec.name();
        Duration crash = knobs.duration("crash-after", name, pod.seed());
        Instant crashes = from.plus(crash == null ? CRASH_AFTER : crash);
        if (knobs.on("oom", name)) {
            return new Exit(crashes, 137, "OOMKilled");
        }
        Duration full = usage.untilOutOfMemory(pod, spec);
        if (full != null) {
            return new Exit(from.plus(full), 137, "OOMKilled");
        }
        if (knobs.on("crash-loop", name)) {
            int code = knobs.number("exit-code", name, 1);
            return new Exit(crashes, code, code == 0 ? "Completed" : "Error");
        }
        Duration time = knobs.duration("run-time", name, pod.seed());
        if (time == null && pod.workload().ownerKind().equals("Job") && !spec.isSidecar()) {
            time = JOB_TIME;
        }
        if (time == null) {
            return null;
        }
        int code = knobs.number("exit-code", name, 0);
        return new Exit(from.plus(time), code, code == 0 ? "Completed" : "Error");
    }

    /** What has just been started counts from now exactly, not from the whole second before. */
    private Instant since(long started, ContainerState before) {
        boolean ran = before.isRunning() && before.started() == started;
        return ran ? Instant.ofEpochSecond(started) : now;
    }

    private ContainerState restart(
            ContainerSpec spec, ContainerState state, Ended ended, String path) {
        if (isPending(Instant.ofEpochSecond(ended.finished()).plus(RESTART_PAUSE))) {
            return state;
        }
        ContainerState waiting = state.waitingFor("CrashLoopBackOff", "");
        long backoff = backoff(waiting);
        if (backoff == 0 || !isPending(Instant.ofEpochSecond(ended.finished() + backoff))) {
            return start(spec, state, path);
        }
        String which =
                "restarting failed container=%s pod=%s_%s(%s)"
                        .formatted(spec.name(), pod.name(), pod.namespace(), pod.uid());
        notes.add(
                Note.warning(
                        "BackOff",
                        "Back-off restarting failed container %s in pod %s_%s(%s)"
                                .formatted(spec.name(), pod.name(), pod.namespace(), pod.uid()),
                        path));
        return state.waitingFor(
                "CrashLoopBackOff", "back-off %s %s".formatted(text(backoff), which));
    }

    /** The first restart comes at once, then after 10 s, 20 s ... 5 min, unless it ran for long. */
    private static long backoff(ContainerState state) {
        Ended last = state.last();
        boolean calm = last != null && last.finished() - last.started() >= CALM_SECONDS;
        return state.restarts() == 0 || calm
                ? 0
                : Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << Math.min(state.restarts() - 1, 5));
    }

    /** As Go writes durations. */
    private static String text(long seconds) {
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }
}
