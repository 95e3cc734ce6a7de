package dev.pilothouse.server.kubelet.probe;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.kubelet.probe.ProbeResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The probes of one running container. The startup probe goes first; the others begin when it has
 * succeeded. Nothing runs between attempts. Thread-safe. Source: pkg/kubelet/prober.
 */
public final class ContainerProbes implements AutoCloseable {

    /** Hears what comes of probes. */
    public interface Listener {

        /** The verdict on the container may have changed. */
        void changed();

        /** An attempt failed or could not be made. */
        void unhealthy(String message);
    }

    private final Target target;
    private final Instant startedAt;
    private final Listener listener;
    private final Delays delays;
    private final InstantSource clock;
    private final Map<ProbeKind, Running> probes = new EnumMap<>(ProbeKind.class);
    private boolean started;
    private boolean closed;
    private boolean onlyReadiness;

    private record Running(ObjectNode spec, Thresholds verdict) {}

    /**
     * Probes that begin at once.
     *
     * @param startedAt when the container was started
     * @param wasReady whether an earlier run of the program had found it ready
     * @param wasStarted whether an earlier run of the program had found it started
     */
    public ContainerProbes(
            Target target,
            Instant startedAt,
            boolean wasReady,
            boolean wasStarted,
            Listener listener,
            Delays delays,
            InstantSource clock) {
        this.target = target;
        this.startedAt = startedAt;
        this.listener = listener;
        this.delays = delays;
        this.clock = clock;
        for (ProbeKind kind : ProbeKind.values()) {
            ObjectNode spec = Json.objectAt(target.container(), kind.field());
            if (spec != null) {
                boolean initially =
                        kind == ProbeKind.LIVENESS
                                || (kind == ProbeKind.READINESS && wasReady)
                                || (kind == ProbeKind.STARTUP && wasStarted);
                probes.put(
                        kind,
                        new Running(
                                spec,
                                new Thresholds(
                                        initially,
                                        Json.number(spec, 1, "successThreshold"),
                                        Json.number(spec, 3, "failureThreshold"))));
            }
        }
        this.started = wasStarted || !probes.containsKey(ProbeKind.STARTUP);
        for (ProbeKind kind : ProbeKind.values()) {
            boolean now = kind == ProbeKind.STARTUP ? !started : started;
            if (now) {
                first(kind);
            }
        }
    }

    /** Which container it is about. */
    public String containerId() {
        return target.containerId();
    }

    /** Whether its startup probe has succeeded, or it has none. */
    public synchronized boolean started() {
        return started;
    }

    /** Whether it is started, and its readiness probe says that it is ready. */
    public synchronized boolean ready() {
        Running readiness = probes.get(ProbeKind.READINESS);
        return started && (readiness == null || readiness.verdict().good());
    }

    /** Which probe wants it restarted, or null. */
    public synchronized @Nullable ProbeKind failed() {
        if (onlyReadiness) {
            return null;
        }
        Running liveness = probes.get(ProbeKind.LIVENESS);
        if (liveness != null && !liveness.verdict().good()) {
            return ProbeKind.LIVENESS;
        }
        return startupFailed ? ProbeKind.STARTUP : null;
    }

    private boolean startupFailed;

    /** The grace that the failed probe gives, or -1 for the pod's. */
    public synchronized long graceSeconds(ProbeKind kind) {
        Running probe = probes.get(kind);
        return probe == null ? -1 : Json.number(probe.spec(), -1, "terminationGracePeriodSeconds");
    }

    /** The container is being ended: it need not live any longer, but may be ready. */
    public synchronized void terminating() {
        onlyReadiness = true;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void first(ProbeKind kind) {
        Running probe = probes.get(kind);
        if (probe != null) {
            Duration delay =
                    Duration.ofSeconds(Json.number(probe.spec(), 0, "initialDelaySeconds"));
            Duration since = Duration.between(startedAt, clock.instant());
            schedule(kind, delay.minus(since));
        }
    }

    private void schedule(ProbeKind kind, Duration delay) {
        delays.after(
                delay.isNegative() ? Duration.ZERO : delay,
                () -> {
                    var _ =
                            Thread.ofVirtual()
                                    .name("probe " + target.containerId())
                                    .start(() -> attempt(kind));
                });
    }

    private synchronized boolean isOver(ProbeKind kind) {
        return closed || (onlyReadiness && kind != ProbeKind.READINESS);
    }

    private void attempt(ProbeKind kind) {
        Running probe = probes.get(kind);
        if (probe == null || isOver(kind)) {
            return;
        }
        ProbeResult result = Actions.probe(probe.spec(), target);
        if (isOver(kind)) {
            return;
        }
        tell(kind, result);
        if (take(kind, probe, result.outcome())) {
            listener.changed();
        }
        if (goesOn(kind)) {
            schedule(
                    kind,
                    Duration.ofSeconds(
                            Math.max(1, Json.number(probe.spec(), 10, "periodSeconds"))));
        }
    }

    private void tell(ProbeKind kind, ProbeResult result) {
        switch (result.outcome()) {
            case SUCCESS -> {}
            case FAILURE -> listener.unhealthy(kind.word() + " probe failed: " + result.output());
            case UNKNOWN ->
                    listener.unhealthy(
                            kind.word()
                                    + " probe errored and resulted in unknown state: "
                                    + result.output());
        }
    }

    private synchronized boolean take(ProbeKind kind, Running probe, Outcome outcome) {
        if (outcome == Outcome.UNKNOWN) {
            return false;
        }
        boolean before = probe.verdict().good();
        boolean reached = probe.verdict().add(outcome);
        boolean changed = before != probe.verdict().good();
        if (kind == ProbeKind.STARTUP && reached) {
            if (probe.verdict().good()) {
                started = true;
                first(ProbeKind.LIVENESS);
                first(ProbeKind.READINESS);
                return true;
            }
            startupFailed = true;
            return true;
        }
        return changed;
    }

    private synchronized boolean goesOn(ProbeKind kind) {
        return switch (kind) {
            case STARTUP -> !started && !startupFailed;
            case LIVENESS -> failed() == null;
            case READINESS -> true;
        };
    }
}
