package dev.pilothouse.server.kubelet;

import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.manager.Parts;
import dev.pilothouse.server.kubelet.env.ServiceAddresses;
import dev.pilothouse.server.kubelet.log.ContainerLogs;
import dev.pilothouse.server.kubelet.node.NodeSettings;
import dev.pilothouse.server.kubelet.node.Pressure;
import dev.pilothouse.server.kubelet.runtime.process.ProcessRuntime;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.proxy.LocalServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The nodes whose pods are processes of this host. */
public final class ProcessNodes implements Component {

    private final List<Kubelet> kubelets = new ArrayList<>();
    private final boolean stopProcesses;

    /**
     * Nodes that are not started: {@code local}, {@code local-2} and so on.
     *
     * @param count how many
     * @param stopProcesses whether processes are ended when the nodes are closed
     * @param eviction when pods are evicted
     * @param dataDirectory where the cluster's files are
     * @param endpoint where the API server listens
     * @param services where this machine reaches Services
     * @param agents where the nodes make themselves known
     */
    public ProcessNodes(
            Parts parts,
            int count,
            boolean stopProcesses,
            Pressure.Thresholds eviction,
            Path dataDirectory,
            URI endpoint,
            LocalServices services,
            NodeAgents agents) {
        this.stopProcesses = stopProcesses;
        for (int i = 1; i <= count; i++) {
            kubelets.add(
                    kubelet(
                            parts,
                            name(i),
                            count,
                            eviction,
                            dataDirectory,
                            endpoint,
                            services,
                            agents));
        }
    }

    private static String name(int number) {
        return number == 1 ? "local" : "local-" + number;
    }

    private static Kubelet kubelet(
            Parts parts,
            String name,
            int count,
            Pressure.Thresholds eviction,
            Path dataDirectory,
            URI endpoint,
            LocalServices services,
            NodeAgents agents) {
        Path directory = dataDirectory.resolve("nodes").resolve(name);
        try {
            Files.createDirectories(directory);
            ContainerLogs logs = new ContainerLogs(parts.clock(), ContainerLogs.Rotation.DEFAULT);
            ProcessRuntime runtime =
                    new ProcessRuntime(
                            directory.resolve("runtime"),
                            logs,
                            endpoint,
                            parts.delays(),
                            parts.clock());
            NodeSettings settings =
                    new NodeSettings(
                            name,
                            ProcessRuntime.HANDLER,
                            true,
                            runtime.version(),
                            count,
                            NodeSettings.DEFAULT_PODS,
                            eviction);
            return new Kubelet(
                    parts,
                    settings,
                    runtime,
                    directory,
                    logs,
                    apiServer(endpoint),
                    addresses(services),
                    agents);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "node " + name + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Cluster IPs lead nowhere on the host itself. */
    private static ServiceAddresses addresses(LocalServices services) {
        return (service, port) -> {
            InetSocketAddress found =
                    services.find(
                            service.namespace(),
                            service.name(),
                            service.clusterIp(),
                            port.name(),
                            (int) port.port());
            return new ServiceAddresses.Address(
                    found.getAddress().getHostAddress(), found.getPort());
        };
    }

    /** Processes of the host reach the API server where it really listens. */
    private static Map<String, String> apiServer(URI endpoint) {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                endpoint.getHost().replaceAll("[\\[\\]]", ""),
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(endpoint.getPort()),
                "KUBERNETES_SERVICE_PORT_HTTPS",
                Integer.toString(endpoint.getPort()));
    }

    @Override
    public void start() {
        kubelets.forEach(Kubelet::start);
    }

    @Override
    public void close() {
        if (stopProcesses) {
            kubelets.forEach(Kubelet::beginShutdown);
            kubelets.forEach(Kubelet::awaitShutdown);
        }
        kubelets.forEach(Kubelet::close);
    }
}
