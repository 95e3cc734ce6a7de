package dev.pilothouse.server.kubelet;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStats;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.log.LogReader;
import dev.pilothouse.server.kubelet.node.HostFacts;
import dev.pilothouse.server.kubelet.node.KubeletConfiguration;
import dev.pilothouse.server.kubelet.node.NodeSettings;
import dev.pilothouse.server.kubelet.pod.PodTree;
import dev.pilothouse.server.kubelet.pod.PodView;
import dev.pilothouse.server.kubelet.pod.PodWorker;
import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.node.ExecRequest;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.NodeFiles;
import dev.pilothouse.server.node.NodeUsage;
import dev.pilothouse.server.node.NodeUsage.ContainerUsage;
import dev.pilothouse.server.node.NodeUsage.PodUsage;
import dev.pilothouse.server.node.NodeUsage.Usage;
import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.node.PodRef;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers what the API server asks of a kubelet. Thread-safe. */
final class KubeletAgent implements NodeAgent {

    private static final GroupResource PODS = new GroupResource("", "pods");

    private final NodeSettings settings;
    private final ContainerRuntime runtime;
    private final LogReader logs;
    private final HostFacts host;
    private final FileUsage files;
    private final InstantSource clock;
    private final Function<String, @Nullable PodWorker> workers;
    private final Supplier<Collection<PodWorker>> all;

    KubeletAgent(
            NodeSettings settings,
            ContainerRuntime runtime,
            LogReader logs,
            HostFacts host,
            InstantSource clock,
            Function<String, @Nullable PodWorker> workers,
            Supplier<Collection<PodWorker>> all) {
        this.settings = settings;
        this.runtime = runtime;
        this.logs = logs;
        this.host = host;
        this.files = new FileUsage(runtime, host, clock);
        this.clock = clock;
        this.workers = workers;
        this.all = all;
    }

    @Override
    public void logs(LogRequest request, OutputStream out) throws IOException {
        PodWorker worker = worker(request.pod());
        PodView view = worker.view();
        String name = request.container();
        ContainerStatus container = request.previous() ? view.previous(name) : view.latest(name);
        if (container == null && request.previous()) {
            throw bad(
                    "previous terminated container \""
                            + name
                            + "\" in pod \""
                            + request.pod().name()
                            + "\" not found");
        }
        if (container == null) {
            throw bad(
                    "container \""
                            + name
                            + "\" in pod \""
                            + request.pod().name()
                            + "\" is waiting to start: "
                            + waiting(worker.pod(), name));
        }
        logs.read(container.logPath(), request, out);
    }

    private static String waiting(PodTree pod, String name) {
        for (String list :
                new String[] {
                    "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"
                }) {
            for (ObjectNode status : Json.objects(pod.tree(), "status", list)) {
                String reason = Json.text(status, "state", "waiting", "reason");
                if (Json.text(status, "name").equals(name) && !reason.isEmpty()) {
                    return reason;
                }
            }
        }
        return "ContainerCreating";
    }

    @Override
    public int exec(ExecRequest request, ContainerStreams streams) throws IOException {
        ContainerStatus container = running(request.pod(), request.container());
        try {
            return runtime.exec(container.id(), request.command(), request.tty(), streams);
        } catch (CriException e) {
            throw ApiException.internal("error executing command in container: " + e.text(), e);
        }
    }

    @Override
    public int attach(PodRef pod, String container, boolean tty, ContainerStreams streams)
            throws IOException {
        ContainerStatus running = running(pod, container);
        try {
            return runtime.attach(running.id(), tty, streams);
        } catch (CriException e) {
            throw ApiException.internal("error attaching to container: " + e.text(), e);
        }
    }

    @Override
    public PodConnection connect(PodRef pod, int port) throws IOException {
        PodSandboxStatus sandbox = worker(pod).view().sandbox();
        if (sandbox == null) {
            throw bad("unable to forward port because pod is not running");
        }
        return runtime.portForward(sandbox.id(), port);
    }

    @Override
    public NodeUsage usage(String node) {
        Map<String, ContainerStats> stats =
                runtime.listContainerStats().stream()
                        .collect(Collectors.toMap(ContainerStats::containerId, each -> each));
        List<PodUsage> pods = new ArrayList<>();
        Instant timestamp = clock.instant();
        Duration window = Duration.ofSeconds(10);
        for (PodWorker worker : all.get()) {
            PodUsage usage = usage(worker, stats);
            if (usage != null) {
                pods.add(usage);
                timestamp = usage.timestamp();
                window = usage.window();
            }
        }
        long cpu = (long) (host.cpuLoad() * host.cpus() * 1e9);
        long memory = host.memory() - host.availableMemory();
        return new NodeUsage(timestamp, window, new Usage(cpu, memory), pods);
    }

    @Override
    public NodeFiles files(String node) {
        try {
            return files.of(all.get());
        } catch (IOException e) {
            throw ApiException.internal("failed to get fs stats: " + e.getMessage(), e);
        }
    }

    @Override
    public Path podLogs(String node) {
        return host.directory().resolve("logs");
    }

    @Override
    public ObjectNode configuration(String node) {
        return KubeletConfiguration.of(settings);
    }

    private static @Nullable PodUsage usage(PodWorker worker, Map<String, ContainerStats> stats) {
        PodTree pod = worker.pod();
        List<ContainerUsage> containers = new ArrayList<>();
        ContainerStats any = null;
        for (String list : new String[] {"containers", "initContainers", "ephemeralContainers"}) {
            for (ObjectNode container : Json.objects(pod.tree(), "spec", list)) {
                String name = Json.text(container, "name");
                ContainerStatus latest = worker.view().latest(name);
                ContainerStats found = latest == null ? null : stats.get(latest.id());
                if (found != null) {
                    any = found;
                    containers.add(
                            new ContainerUsage(
                                    name,
                                    new Usage(
                                            found.cpuNanoCores(),
                                            found.memoryBytes(),
                                            found.cpuNanos())));
                }
            }
        }
        return any == null
                ? null
                : new PodUsage(
                        new PodRef(pod.namespace(), pod.name(), pod.uid()),
                        any.timestamp(),
                        any.window(),
                        containers);
    }

    private ContainerStatus running(PodRef pod, String name) {
        ContainerStatus container = worker(pod).view().latest(name);
        if (container == null || container.state() != ContainerState.RUNNING) {
            throw ApiException.internal(
                    "unable to upgrade connection: container not found (\"" + name + "\")", null);
        }
        return container;
    }

    private PodWorker worker(PodRef pod) {
        PodWorker worker = workers.apply(pod.uid());
        if (worker == null) {
            throw ApiException.notFound(PODS, pod.name());
        }
        return worker;
    }

    private static ApiException bad(String message) {
        return new ApiException(Status.failure(StatusReason.BAD_REQUEST, message, null));
    }
}
