package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.node.ExecRequest;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.NodeFiles;
import dev.pilothouse.server.node.NodeFiles.ContainerFiles;
import dev.pilothouse.server.node.NodeFiles.PodFiles;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the API server can ask of simulated nodes: all answers are made up and say so. */
final class FleetAgent implements NodeAgent {

    private static final Duration WINDOW = Duration.ofSeconds(15);
    private static final Usage SYSTEM = new Usage(60_000_000, 384L << 20);
    private static final long SYSTEM_DISK = 6L << 30;
    private static final int KILLED = 137;

    private final Lister<PodView> pods;
    private final String index;
    private final ToIntFunction<PodView> siblings;
    private final UsageModel model;
    private final LogStream logs;
    private final InstantSource clock;

    /**
     * An agent of all nodes.
     *
     * @param index the index of pods by node
     * @param siblings how many running pods have the same owner
     */
    FleetAgent(
            Lister<PodView> pods,
            String index,
            ToIntFunction<PodView> siblings,
            UsageModel model,
            Delays delays,
            InstantSource clock) {
        this.pods = pods;
        this.index = index;
        this.siblings = siblings;
        this.model = model;
        this.logs = new LogStream(delays, clock);
        this.clock = clock;
    }

    @Override
    public void logs(LogRequest request, OutputStream out) throws IOException {
        PodView pod = pod(request.pod());
        logs.write(pod, request, () -> state(request.pod(), request.container()), out);
    }

    @Override
    public int exec(ExecRequest request, ContainerStreams streams) throws IOException {
        PodView pod = pod(request.pod());
        ContainerSpec spec = running(pod, request.container());
        return new SimulatedShell(pod, spec, request.tty(), streams, clock).run(request.command());
    }

    @Override
    public int attach(PodRef ref, String container, boolean tty, ContainerStreams streams)
            throws IOException {
        PodView pod = pod(ref);
        running(pod, container);
        OutputStream out = streams.stdout();
        if (out == null) {
            return 0;
        }
        LogRequest follow =
                new LogRequest(
                        ref, container, false, true, clock.instant(), false, null, null, "All");
        logs.write(pod, follow, () -> state(ref, container), out);
        ContainerState state = state(ref, container);
        ContainerState.Ended ended =
                state == null ? null : state.ended() == null ? state.last() : state.ended();
        return ended == null ? KILLED : ended.exitCode();
    }

    @Override
    public PodConnection connect(PodRef ref, int port) throws IOException {
        PodView pod = pod(ref);
        boolean running = pod.state().main().stream().anyMatch(ContainerState::isRunning);
        List<Integer> declared =
                pod.workload().all().flatMap(container -> container.ports().stream()).toList();
        if (!running || (!declared.isEmpty() && !declared.contains(port))) {
            throw new IOException(
                    "dial tcp4 %s:%d: connect: connection refused (simulated)"
                            .formatted(pod.state().podIp(), port));
        }
        return new CannedHttp(pod, port);
    }

    @Override
    public NodeUsage usage(String node) {
        Instant now = clock.instant();
        List<PodUsage> used = new ArrayList<>();
        long cpu = SYSTEM.cpuNanoCores();
        long memory = SYSTEM.memoryBytes();
        for (PodView pod : pods.byIndex(index, node)) {
            PodUsage usage = usage(pod, now);
            if (usage == null) {
                continue;
            }
            used.add(usage);
            for (ContainerUsage container : usage.containers()) {
                cpu += container.usage().cpuNanoCores();
                memory += container.usage().memoryBytes();
            }
        }
        return new NodeUsage(now, WINDOW, new Usage(cpu, memory), used);
    }

    @Override
    public NodeFiles files(String node) {
        Map<String, PodFiles> files = new HashMap<>();
        long used = SYSTEM_DISK;
        for (PodView pod : pods.byIndex(index, node)) {
            Map<String, ContainerFiles> containers = new HashMap<>();
            pod.workload()
                    .all()
                    .forEach(spec -> {
                        ContainerState state = state(pod, spec.name());
                        if (state != null && state.isRunning()) {
                            containers.put(spec.name(), model.files(pod, spec));
                        }
                    });
            for (ContainerFiles container : containers.values()) {
                used += container.root() + container.logs();
            }
            files.put(pod.uid(), new PodFiles(containers, Map.of()));
        }
        return new NodeFiles(clock.instant(), null, used, files);
    }

    @Override
    public @Nullable Path podLogs(String node) {
        return null;
    }

    /** Nothing of a kubelet's settings has a meaning here, but how long their leases last. */
    @Override
    public ObjectNode configuration(String node) {
        ObjectNode config = Json.object();
        config.put("kind", "KubeletConfiguration");
        config.put("apiVersion", "kubelet.config.k8s.io/v1beta1");
        config.put("nodeLeaseDurationSeconds", Leases.DURATION_SECONDS);
        return config;
    }

    private @Nullable PodUsage usage(PodView pod, Instant now) {
        List<ContainerUsage> containers = new ArrayList<>();
        int shares = siblings.applyAsInt(pod);
        Workload workload = pod.workload();
        PodState state = pod.state();
        for (int i = 0; i < workload.main().size(); i++) {
            add(containers, pod, workload.main().get(i), state.main().get(i), now, shares);
        }
        for (int i = 0; i < workload.init().size(); i++) {
            if (workload.init().get(i).isSidecar()) {
                add(containers, pod, workload.init().get(i), state.init().get(i), now, shares);
            }
        }
        PodRef ref = new PodRef(pod.namespace(), pod.name(), pod.uid());
        return containers.isEmpty() ? null : new PodUsage(ref, now, WINDOW, containers);
    }

    private void add(
            List<ContainerUsage> containers,
            PodView pod,
            ContainerSpec spec,
            ContainerState state,
            Instant now,
            int shares) {
        if (state.isRunning()) {
            containers.add(
                    new ContainerUsage(spec.name(), model.usage(pod, spec, state, now, shares)));
        }
    }

    private PodView pod(PodRef ref) {
        PodView pod = pods.get(ref.namespace(), ref.name());
        if (pod == null || !(ref.uid().isEmpty() || ref.uid().equals(pod.uid()))) {
            throw ApiException.notFound(FleetClients.PODS.groupResource(), ref.name());
        }
        return pod;
    }

    private static ContainerSpec running(PodView pod, String container) {
        ContainerSpec spec =
                pod.workload()
                        .all()
                        .filter(candidate -> candidate.name().equals(container))
                        .findFirst()
                        .orElse(null);
        ContainerState state = spec == null ? null : state(pod, container);
        if (spec == null || state == null || !state.isRunning()) {
            throw ApiException.badRequest("container not found (\"%s\")".formatted(container));
        }
        return spec;
    }

    private @Nullable ContainerState state(PodRef ref, String container) {
        PodView pod = pods.get(ref.namespace(), ref.name());
        return pod == null || !pod.uid().equals(ref.uid()) && !ref.uid().isEmpty()
                ? null
                : state(pod, container);
    }

    private static @Nullable ContainerState state(PodView pod, String container) {
        Workload workload = pod.workload();
        PodState state = pod.state();
        ContainerState found = find(workload.main(), state.main(), container);
        if (found == null) {
            found = find(workload.init(), state.init(), container);
        }
        return found == null ? find(workload.ephemeral(), state.ephemeral(), container) : found;
    }

    private static @Nullable ContainerState find(
            List<ContainerSpec> specs, List<ContainerState> states, String container) {
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).name().equals(container)) {
                return states.get(i);
            }
        }
        return null;
    }
}
