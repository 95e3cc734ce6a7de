package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.kubelet.cri.ContainerConfig;
import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.ContainerStats;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import dev.pilothouse.server.kubelet.cri.ExecSyncResult;
import dev.pilothouse.server.kubelet.cri.ImageService;
import dev.pilothouse.server.kubelet.cri.Mount;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.cri.RuntimeVersion;
import dev.pilothouse.server.kubelet.log.ContainerLogs;
import dev.pilothouse.server.kubelet.log.LogFiles;
import dev.pilothouse.server.kubelet.volume.DirectorySize;
import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.node.PodConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs containers as processes of the host. There is no isolation: a process may do what the user
 * may do who started this program. Thread-safe.
 */
public final class ProcessRuntime implements ContainerRuntime {

    /** The handler of the RuntimeClass whose pods it runs. */
    public static final String HANDLER = "host-process";

    private static final Duration SAMPLING = Duration.ofSeconds(5);

    private final Containers containers;
    private final Sandboxes sandboxes;
    private final Sessions sessions;
    private final Sampler sampler;
    private final Surroundings surroundings;
    private final ApiAccess access;
    private final Delays delays;
    private final InstantSource clock;
    private final Rights rights = Rights.ofProgram();
    private final AtomicBoolean sampling = new AtomicBoolean();
    private volatile Consumer<String> listener = _ -> {};
    private volatile boolean closed;

    /**
     * A runtime that is not started.
     *
     * @param directory where it keeps what it runs
     * @param logs where output goes
     * @param apiServer where the API server listens
     * @throws IOException when the directory cannot be used
     */
    public ProcessRuntime(
            Path directory, ContainerLogs logs, URI apiServer, Delays delays, InstantSource clock)
            throws IOException {
        ContainerFiles.createPrivate(directory);
        this.access = new ApiAccess(apiServer);
        this.delays = delays;
        this.clock = clock;
        HostProcesses processes = HostProcesses.ofSystem();
        this.surroundings =
                new Surroundings(
                        processes,
                        Supervisor.ofSystem(directory),
                        new DirectoryWatch(),
                        logs,
                        uid -> listener.accept(uid),
                        clock);
        this.sandboxes = new Sandboxes(directory.resolve("sandboxes"), clock);
        this.containers =
                new Containers(directory.resolve("containers"), surroundings, rights, clock);
        this.sessions = new Sessions(processes);
        this.sampler = new Sampler(processes);
    }

    @Override
    public RuntimeVersion version() {
        return new RuntimeVersion("process", "1", List.of(HANDLER));
    }

    @Override
    public ImageService images() {
        return ImageService.NONE;
    }

    @Override
    public void start(Consumer<String> changes) {
        listener = changes;
        surroundings.watch().start();
        sandboxes.load();
        containers.load();
        sampleLater();
    }

    @Override
    public String runPodSandbox(PodSandboxConfig config) {
        if (!config.handler().equals(HANDLER)) {
            throw new CriException(
                    Code.INVALID_ARGUMENT,
                    "no runtime for \""
                            + config.handler()
                            + "\" is configured: this node runs host processes only, which pods"
                            + " ask for by runtimeClassName: host-process");
        }
        return sandboxes.create(config);
    }

    @Override
    public void stopPodSandbox(String id) {
        for (ProcessContainer container : containers.of(id)) {
            stopContainer(container.record().id(), Duration.ZERO);
        }
    }

    @Override
    public void removePodSandbox(String id) {
        stopPodSandbox(id);
        containers.of(id).forEach(container -> removeContainer(container.record().id()));
        sandboxes.remove(id);
    }

    @Override
    public List<PodSandboxStatus> listPodSandboxes() {
        return sandboxes.all().stream().map(SandboxRecord::status).toList();
    }

    @Override
    public Map<String, String> environment(String sandboxId, String container, List<Mount> mounts) {
        SandboxRecord sandbox = sandboxes.get(sandboxId);
        Map<String, String> variables = new LinkedHashMap<>(sandbox.environment(container));
        variables.putAll(
                access.environment(
                        sandboxes.directory(sandboxId),
                        sandbox.config().namespace(),
                        container,
                        mounts));
        for (Mount mount : mounts) {
            if (!mount.name().isEmpty()) {
                variables.putIfAbsent(
                        "VOLUME_" + SandboxRecord.variable(mount.name()),
                        mount.hostPath().toString());
            }
        }
        return variables;
    }

    @Override
    public String createContainer(String sandboxId, ContainerConfig config) {
        return containers.create(sandboxes.get(sandboxId), config);
    }

    @Override
    public void startContainer(String id) {
        containers.get(id).start();
    }

    @Override
    public void stopContainer(String id, Duration grace) {
        ProcessContainer container = containers.find(id);
        if (container == null) {
            return;
        }
        try {
            container.stop(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CriException(Code.INTERNAL, "interrupted", e);
        }
    }

    @Override
    public void removeContainer(String id) {
        ProcessContainer container = containers.find(id);
        if (container == null) {
            return;
        }
        if (container.isRunning()) {
            throw new CriException(Code.INVALID_ARGUMENT, "container " + id + " is running");
        }
        containers.remove(container);
        try {
            LogFiles.delete(container.record().logPath());
        } catch (IOException e) {
            throw new CriException(Code.INTERNAL, "its log stays: " + e.getMessage(), e);
        }
    }

    @Override
    public List<ContainerStatus> listContainers(String sandboxId) {
        return containers.of(sandboxId).stream()
                .map(ProcessContainer::status)
                .sorted(
                        Comparator.comparing(ContainerStatus::createdAt)
                                .thenComparing(ContainerStatus::attempt))
                .toList();
    }

    @Override
    public ExecSyncResult execSync(String id, List<String> command, Duration timeout)
            throws TimeoutException {
        return sessions.execSync(containers.get(id), command, timeout);
    }

    @Override
    public int exec(String id, List<String> command, boolean tty, ContainerStreams streams)
            throws IOException {
        return sessions.exec(containers.get(id), command, tty, streams);
    }

    @Override
    public int attach(String id, boolean tty, ContainerStreams streams) throws IOException {
        return sessions.attach(containers.get(id), streams);
    }

    @Override
    public PodConnection portForward(String sandboxId, int port) throws IOException {
        return LoopbackConnection.open(sandboxes.get(sandboxId).status().actualPort(port));
    }

    @Override
    public List<ContainerStats> listContainerStats() {
        return sampler.stats();
    }

    @Override
    public long writableBytes(String id) {
        return DirectorySize.of(containers.get(id).files().root());
    }

    @Override
    public List<String> notEnforced(ObjectNode pod) {
        return Rights.notEnforced(pod);
    }

    @Override
    public void close() {
        closed = true;
        containers.close();
        try {
            surroundings.watch().close();
        } catch (IOException e) {
            throw new CriException(Code.INTERNAL, String.valueOf(e.getMessage()), e);
        }
    }

    private void sampleLater() {
        delays.after(
                SAMPLING,
                () -> {
                    if (!closed) {
                        Thread.ofVirtual().name("process-sampler").start(this::sample);
                    }
                });
    }

    private void sample() {
        if (sampling.compareAndSet(false, true)) {
            try {
                List<ProcessContainer> running = containers.running();
                if (!running.isEmpty() || !sampler.stats().isEmpty()) {
                    sampler.sample(running, clock.instant());
                }
            } finally {
                sampling.set(false);
            }
        }
        sampleLater();
    }
}
