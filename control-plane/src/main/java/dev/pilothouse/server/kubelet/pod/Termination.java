package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.probe.Actions;
import dev.pilothouse.server.kubelet.probe.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ends containers: hooks first, then the request to end, after the grace the end; sidecars after
 * the others, the last one first. Source: the kubelet's killContainer.
 */
final class Termination {

    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

    /** Source: the kubelet's minimumGracePeriodInSeconds. */
    private static final long SHORTEST = 2;

    private final PodServices services;

    Termination(PodServices services) {
        this.services = services;
    }

    /** Ends all containers of a pod; returns when they have ended. */
    void killPod(PodTree pod, PodContainers containers, long graceSeconds) {
        PodSandboxStatus sandbox = containers.sandbox();
        if (sandbox == null) {
            return;
        }
        Instant deadline = services.clock().instant().plusSeconds(graceSeconds);
        List<Thread> killers = new ArrayList<>();
        List<ContainerStatus> sidecars = new ArrayList<>();
        for (ContainerStatus running : containers.running()) {
            ObjectNode container = pod.container(running.name());
            if (container != null
                    && PodTree.isSidecar(container)
                    && pod.initContainers().contains(container)) {
                sidecars.add(running);
            } else {
                killers.add(
                        Thread.ofVirtual()
                                .name("kill " + running.id())
                                .start(() ->
                                        kill(
                                                pod,
                                                running,
                                                container,
                                                sandbox,
                                                "Stopping container " + running.name(),
                                                graceSeconds)));
            }
        }
        join(killers);
        for (ContainerStatus sidecar : sidecars.reversed()) {
            long left = Duration.between(services.clock().instant(), deadline).toSeconds();
            kill(
                    pod,
                    sidecar,
                    pod.container(sidecar.name()),
                    sandbox,
                    "Stopping container " + sidecar.name(),
                    Math.max(0, left));
        }
    }

    /** Ends one container; returns when it has ended. */
    void kill(
            PodTree pod,
            ContainerStatus running,
            @Nullable ObjectNode container,
            PodSandboxStatus sandbox,
            String message,
            long graceSeconds) {
        try {
            if (container != null) {
                services.events().normal(pod.reference(container), "Killing", message);
            }
            long left = graceSeconds;
            ObjectNode hook =
                    container == null ? null : Json.objectAt(container, "lifecycle", "preStop");
            if (hook != null && container != null && graceSeconds > 0) {
                left -= preStop(pod, container, hook, running, sandbox, graceSeconds);
            }
            long grace = hook != null || graceSeconds > 0 ? Math.max(SHORTEST, left) : 0;
            services.runtime().stopContainer(running.id(), Duration.ofSeconds(grace));
        } catch (CriException e) {
            LOG.warn("container {} could not be ended: {}", running.id(), e.text());
        }
    }

    /** Returns how many seconds it took; it is left alone when the grace is over. */
    private long preStop(
            PodTree pod,
            ObjectNode container,
            ObjectNode hook,
            ContainerStatus running,
            PodSandboxStatus sandbox,
            long graceSeconds) {
        Instant begin = Instant.now();
        Target target = new Target(services.runtime(), running.id(), sandbox, container);
        Thread hooking =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                if (Actions.hook(hook, target) != null) {
                                    services.events()
                                            .warning(
                                                    pod.reference(container),
                                                    "FailedPreStopHook",
                                                    "PreStopHook failed");
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        try {
            if (!hooking.join(Duration.ofSeconds(graceSeconds))) {
                hooking.interrupt();
            }
        } catch (InterruptedException e) {
            hooking.interrupt();
            Thread.currentThread().interrupt();
        }
        return Duration.between(begin, Instant.now()).toSeconds();
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
