package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.pod.StatusInput.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings one pod a step nearer to what it shall be, again and again. Nothing here waits for a
 * container: what takes time runs on threads of its own and wakes the worker when it is done. Used
 * by the worker's thread. Source: the kubelet's syncPod, syncTerminatingPod, syncTerminatedPod.
 */
final class PodSync {

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final PodServices services;
    private final Runnable wake;
    private final PodResources resources;
    private final PodStatusWriter writer;
    private final TerminationMessages messages;
    private final Termination termination;
    private final ContainerStarter starter;
    private final PodProbes probes;
    private final RestartBackoff backoff = new RestartBackoff();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, Instant> retryAt = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private volatile PodView view = new PodView(PodContainers.NONE);
    private volatile boolean killing;
    private long grace = Long.MAX_VALUE;
    private boolean released;
    private volatile boolean over;

    /**
     * What one step came to.
     *
     * @param finished nothing is left to do for ever
     * @param wakeAt when to come again although nothing has happened, or null
     */
    record Outcome(boolean finished, @Nullable Instant wakeAt) {
        static final Outcome SLEEP = new Outcome(false, null);
        static final Outcome FINISHED = new Outcome(true, null);
    }

    PodSync(PodServices services, PodTree pod, Runnable wake) {
        this.services = services;
        this.wake = wake;
        this.resources = new PodResources(services, pod, wake);
        this.writer = new PodStatusWriter(services.client());
        this.messages = new TerminationMessages(services.logs());
        this.termination = new Termination(services);
        this.starter = new ContainerStarter(services, resources.objects());
        this.probes = new PodProbes(services, wake);
    }

    PodView view() {
        return view;
    }

    /** Whether nothing of the pod runs any longer, nor will. */
    boolean isOver() {
        return over;
    }

    void close() {
        probes.close();
        resources.close();
    }

    /** A step of a pod that the API has. */
    Outcome sync(PodTree pod, @Nullable Ended ended) {
        if (released) {
            return Outcome.SLEEP;
        }
        // Before it is looked at: what ends its work after the look has changed what is seen.
        Set<String> underWay = Set.copyOf(busy);
        PodContainers containers = look(pod);
        if (pod.isDeleted() || ended != null || pod.isTerminal()) {
            return end(pod, containers, ended);
        }
        return keepUp(pod, containers, underWay);
    }

    /** A step of a pod that the API has no longer. */
    Outcome remove(PodTree pod) {
        PodContainers containers = look(pod);
        if (stopAll(pod, containers, Math.min(pod.graceSeconds(), 1))) {
            release(pod, containers);
            return Outcome.FINISHED;
        }
        return Outcome.SLEEP;
    }

    private PodContainers look(PodTree pod) {
        PodContainers containers = resources.containers(pod);
        view = new PodView(containers);
        return containers;
    }

    private Outcome keepUp(PodTree pod, PodContainers before, Set<String> underWay) {
        PodContainers containers = before;
        Instant retry = null;
        String trouble = resources.prepare(pod, containers.sandbox());
        if (trouble == null && containers.sandbox() == null) {
            trouble = resources.createSandbox(pod);
            containers = look(pod);
        }
        if (trouble != null) {
            retry = services.clock().instant().plus(resources.retryDelay());
        }
        PodSandboxStatus sandbox = containers.sandbox();
        if (sandbox == null) {
            publish(pod, containers, false, null);
            return new Outcome(false, retry);
        }
        writer.annotate(pod, sandbox.portMap());
        probes.follow(pod, containers, sandbox);
        Instant now = services.clock().instant();
        Decision decision = new ContainerPlan(pod, containers, probes::find, backoff, now).decide();
        decision.kill().forEach(kill -> kill(pod, before, sandbox, kill));
        note(pod, containers, decision, underWay);
        ObjectNode next = decision.start();
        if (next != null && trouble == null && underWay.isEmpty()) {
            start(pod, containers, sandbox, next, now);
        }
        publish(pod, containers, false, null);
        return new Outcome(false, earliest(decision, retry));
    }

    private void note(
            PodTree pod, PodContainers containers, Decision decision, Set<String> underWay) {
        containers.running().forEach(running -> waiting.remove(running.name()));
        decision.backingOff().keySet().stream()
                .filter(name -> !underWay.contains(name)) // its start has ended the waiting
                .forEach(name -> {
                    Waiting crashing =
                            new Waiting(
                                    "CrashLoopBackOff",
                                    "back-off "
                                            + RestartBackoff.text(backoff.delay(name))
                                            + " restarting failed container="
                                            + name
                                            + " pod="
                                            + pod.full());
                    ObjectNode container = pod.container(name);
                    if (!crashing.equals(waiting.put(name, crashing)) && container != null) {
                        services.events()
                                .warning(
                                        pod.reference(container),
                                        "BackOff",
                                        "Back-off restarting failed container "
                                                + name
                                                + " in pod "
                                                + pod.full());
                    }
                });
    }

    private @Nullable Instant earliest(Decision decision, @Nullable Instant retry) {
        Instant earliest = retry;
        for (Instant each : decision.backingOff().values()) {
            earliest = earlier(earliest, each);
        }
        for (Instant each : retryAt.values()) {
            earliest = earlier(earliest, each);
        }
        return earlier(earliest, resources.refresh());
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** One container is started at a time, so that order is kept. */
    private void start(
            PodTree pod,
            PodContainers containers,
            PodSandboxStatus sandbox,
            ObjectNode container,
            Instant now) {
        String name = PodTree.name(container);
        Instant notBefore = retryAt.get(name);
        if (!busy.isEmpty() || (notBefore != null && notBefore.isAfter(now))) {
            return;
        }
        retryAt.remove(name);
        ContainerStatus latest = containers.latest(name);
        if (latest != null && latest.state() == ContainerState.EXITED) {
            Instant finished = latest.finishedAt() == null ? now : latest.finishedAt();
            backoff.started(name, finished, now);
        }
        Map<String, Path> volumes = resources.volumes();
        inBackground(
                name,
                () -> {
                    try {
                        starter.start(pod, container, containers, sandbox, volumes);
                        waiting.remove(name);
                    } catch (StartFailure e) {
                        waiting.put(name, e.waiting());
                        retryAt.put(name, services.clock().instant().plus(retryOf(e)));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** Where a container has been made and has ended, its own back-off counts. */
    private static Duration retryOf(StartFailure failure) {
        return switch (failure.waiting().reason()) {
            case "RunContainerError", "PostStartHookError" -> Duration.ZERO;
            default -> RETRY;
        };
    }

    private void kill(
            PodTree pod, PodContainers containers, PodSandboxStatus sandbox, Decision.Kill kill) {
        String name = PodTree.name(kill.container());
        ContainerStatus running = containers.latest(name);
        if (running == null || busy.contains(name)) {
            return;
        }
        long seconds =
                kill.graceSeconds() >= 0
                        ? kill.graceSeconds()
                        : Json.number(pod.tree(), 30, "spec", "terminationGracePeriodSeconds");
        inBackground(
                name,
                () ->
                        termination.kill(
                                pod, running, kill.container(), sandbox, kill.message(), seconds));
    }

    private void inBackground(String name, Runnable work) {
        busy.add(name);
        Thread.ofVirtual()
                .name("container " + name)
                .start(() -> {
                    try {
                        work.run();
                    } finally {
                        busy.remove(name);
                        wake.run();
                    }
                });
    }

    private Outcome end(PodTree pod, PodContainers containers, @Nullable Ended ended) {
        long seconds = pod.graceSeconds();
        if (ended != null && ended.graceSeconds() >= 0) {
            seconds = Math.min(seconds, ended.graceSeconds());
        }
        if (!stopAll(pod, containers, seconds)) {
            publish(pod, containers, true, ended);
            return Outcome.SLEEP;
        }
        publish(pod, containers, true, ended);
        over = true;
        if (pod.isDeleted()) {
            release(pod, containers);
            writer.confirmDeletion(pod);
            released = true;
        } else {
            unmount();
        }
        return Outcome.SLEEP;
    }

    /** Ends what runs; returns whether nothing runs any longer. */
    private boolean stopAll(PodTree pod, PodContainers containers, long seconds) {
        probes.terminating();
        if (killing) {
            if (seconds < grace) {
                grace = seconds;
                hurry(containers, seconds);
            }
            return false;
        }
        if (containers.running().isEmpty()) {
            return busy.isEmpty();
        }
        killing = true;
        grace = seconds;
        Thread.ofVirtual()
                .name("end " + pod.full())
                .start(() -> {
                    try {
                        termination.killPod(pod, containers, seconds);
                    } finally {
                        killing = false;
                        wake.run();
                    }
                });
        return false;
    }

    private void hurry(PodContainers containers, long seconds) {
        for (ContainerStatus running : containers.running()) {
            Thread.ofVirtual()
                    .start(() ->
                            services.runtime()
                                    .stopContainer(running.id(), Duration.ofSeconds(seconds)));
        }
    }

    private void release(PodTree pod, PodContainers containers) {
        probes.close();
        unmount();
        PodSandboxStatus sandbox = containers.sandbox();
        if (sandbox != null) {
            services.runtime().removePodSandbox(sandbox.id());
        }
        try {
            PodFiles.delete(new PodDirectory(services.directory(), pod));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unmount() {
        try {
            resources.unmount();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void publish(
            PodTree pod, PodContainers containers, boolean ending, @Nullable Ended ended) {
        // What has ended for good has been told; a later run of the program knows less.
        if (pod.isTerminal()) {
            return;
        }
        StatusInput input =
                new StatusInput(
                        pod,
                        containers,
                        probes::find,
                        new HashMap<>(waiting),
                        ending,
                        ended,
                        services.hostIp(),
                        services.clock().instant());
        writer.write(pod, PodStatusTree.of(input, services.runtime().version().name(), messages));
    }
}
