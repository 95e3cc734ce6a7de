package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.pod.Decision.Kill;
import dev.pilothouse.server.kubelet.probe.ContainerProbes;
import dev.pilothouse.server.kubelet.probe.ProbeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what is to be done with the containers of a pod that shall run: init containers one after
 * the other, sidecars among them that stay, then the others. Nothing but its arguments matters.
 * Source: the kubelet's computePodActions.
 */
final class ContainerPlan {

    private final PodTree pod;
    private final PodContainers containers;
    private final Function<String, @Nullable ContainerProbes> probes;
    private final RestartBackoff backoff;
    private final Instant now;
    private final List<Kill> kills = new ArrayList<>();
    private final Map<String, Instant> backingOff = new HashMap<>();
    private @Nullable ObjectNode start;

    /**
     * A plan.
     *
     * @param probes the probes of containers that run, by container name
     */
    ContainerPlan(
            PodTree pod,
            PodContainers containers,
            Function<String, @Nullable ContainerProbes> probes,
            RestartBackoff backoff,
            Instant now) {
        this.pod = pod;
        this.containers = containers;
        this.probes = probes;
        this.backoff = backoff;
        this.now = now;
    }

    Decision decide() {
        boolean begun =
                pod.containers().stream()
                        .anyMatch(each -> containers.latest(PodTree.name(each)) != null);
        if (isMainOver()) {
            endSidecars();
        } else if (initialized(begun)) {
            pod.containers().forEach(this::keepUp);
        }
        for (ObjectNode each : pod.ephemeralContainers()) {
            if (containers.latest(PodTree.name(each)) == null) {
                want(each);
            }
        }
        return new Decision(start, List.copyOf(kills), Map.copyOf(backingOff));
    }

    /** Whether no main container will ever run again. */
    boolean isMainOver() {
        if (failedInit()) {
            return true;
        }
        for (ObjectNode each : pod.containers()) {
            ContainerStatus latest = containers.latest(PodTree.name(each));
            if (latest == null
                    || latest.state() != ContainerState.EXITED
                    || pod.restarts(each, latest.exitCode())) {
                return false;
            }
        }
        return true;
    }

    /** Whether an init container has failed that is not tried again. */
    private boolean failedInit() {
        for (ObjectNode each : pod.initContainers()) {
            ContainerStatus latest = containers.latest(PodTree.name(each));
            if (!PodTree.isSidecar(each)
                    && latest != null
                    && latest.state() == ContainerState.EXITED
                    && latest.exitCode() != 0
                    && !pod.restarts(each, latest.exitCode())) {
                return true;
            }
        }
        return false;
    }

    /** Brings init containers forward; returns whether the main ones may run. */
    private boolean initialized(boolean begun) {
        for (ObjectNode each : pod.initContainers()) {
            String name = PodTree.name(each);
            ContainerStatus latest = containers.latest(name);
            boolean done =
                    PodTree.isSidecar(each)
                            ? sidecarIsUp(each, latest)
                            : latest != null
                                    && latest.state() == ContainerState.EXITED
                                    && latest.exitCode() == 0;
            if (!done && !PodTree.isSidecar(each) && !begun) {
                keepUpInit(each, latest);
            }
            if (!done && !begun) {
                return false;
            }
        }
        return true;
    }

    private boolean sidecarIsUp(ObjectNode container, @Nullable ContainerStatus latest) {
        keepUp(container);
        ContainerProbes probe = probes.apply(PodTree.name(container));
        return latest != null
                && latest.state() == ContainerState.RUNNING
                && (probe == null || probe.started());
    }

    private void keepUpInit(ObjectNode container, @Nullable ContainerStatus latest) {
        if (latest == null || latest.state() == ContainerState.CREATED) {
            want(container);
        } else if (latest.state() == ContainerState.EXITED) {
            again(container, latest);
        }
    }

    private void keepUp(ObjectNode container) {
        ContainerStatus latest = containers.latest(PodTree.name(container));
        if (latest == null || latest.state() == ContainerState.CREATED) {
            want(container);
        } else if (latest.state() == ContainerState.EXITED) {
            if (pod.restarts(container, latest.exitCode())) {
                again(container, latest);
            }
        } else {
            checkRunning(container, latest);
        }
    }

    private void checkRunning(ObjectNode container, ContainerStatus running) {
        String name = PodTree.name(container);
        String definition = running.labels().get(ContainerStarter.DEFINITION);
        if (definition != null && !definition.equals(ContainerStarter.definition(container))) {
            kills.add(
                    new Kill(
                            container,
                            "Container " + name + " definition changed, will be restarted",
                            -1));
            return;
        }
        ContainerProbes probe = probes.apply(name);
        ProbeKind failed = probe == null ? null : probe.failed();
        if (probe != null && failed != null) {
            String word = failed == ProbeKind.LIVENESS ? "liveness" : "startup";
            kills.add(
                    new Kill(
                            container,
                            "Container " + name + " failed " + word + " probe, will be restarted",
                            probe.graceSeconds(failed)));
        }
    }

    private void again(ObjectNode container, ContainerStatus ended) {
        String name = PodTree.name(container);
        Instant finished = ended.finishedAt() == null ? now : ended.finishedAt();
        Instant until = backoff.blockedUntil(name, finished, now);
        if (until == null) {
            want(container);
        } else {
            backingOff.put(name, until);
        }
    }

    private void want(ObjectNode container) {
        if (start == null) {
            start = container;
        }
    }

    /** Sidecars end when all others have, the last one first. */
    private void endSidecars() {
        for (ObjectNode each : pod.initContainers().reversed()) {
            if (containers.isRunning(PodTree.name(each))) {
                kills.add(new Kill(each, "Stopping container " + PodTree.name(each), -1));
                return;
            }
        }
        for (ObjectNode each : pod.ephemeralContainers()) {
            if (containers.isRunning(PodTree.name(each))) {
                kills.add(new Kill(each, "Stopping container " + PodTree.name(each), -1));
            }
        }
    }
}
