package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig.Port;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.env.DownwardFields;
import dev.pilothouse.server.kubelet.volume.PodVolumes;
import dev.pilothouse.server.kubelet.volume.ReferencedObjects;
import dev.pilothouse.server.kubelet.volume.VolumeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the containers of one pod share: sandbox and volumes. Used by the worker's thread. */
final class PodResources {

    private static final GroupVersionResource RUNTIME_CLASSES =
            new GroupVersionResource("node.k8s.io", "v1", "runtimeclasses");
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(122);

    private final PodServices services;
    private final ReferencedObjects.Interest objects;
    private final PodVolumes volumes;
    private Duration retry = FIRST_RETRY;

    PodResources(PodServices services, PodTree pod, Runnable wake) {
        this.services = services;
        this.objects = services.objects().interest(wake);
        this.volumes =
                new PodVolumes(
                        services.client(),
                        objects,
                        pod.tree(),
                        new PodDirectory(services.directory(), pod).volumes(),
                        services.clock());
    }

    ReferencedObjects.Interest objects() {
        return objects;
    }

    Map<String, Path> volumes() {
        return volumes.paths();
    }

    @Nullable Instant refresh() {
        return volumes.refresh();
    }

    /** How long to wait after trouble; longer each time. */
    Duration retryDelay() {
        Duration delay = retry;
        Duration twice = retry.multipliedBy(2);
        retry = twice.compareTo(LONGEST_RETRY) < 0 ? twice : LONGEST_RETRY;
        return delay;
    }

    PodContainers containers(PodTree pod) {
        for (PodSandboxStatus sandbox : services.runtime().listPodSandboxes()) {
            if (sandbox.uid().equals(pod.uid())) {
                return PodContainers.of(sandbox, services.runtime().listContainers(sandbox.id()));
            }
        }
        return PodContainers.NONE;
    }

    /** Makes the volumes or brings them up to date; returns what is wrong, or null. */
    @Nullable String prepare(PodTree pod, @Nullable PodSandboxStatus sandbox) {
        DownwardFields fields =
                new DownwardFields(
                        pod.tree(),
                        sandbox == null ? List.of() : sandbox.ips(),
                        services.hostIp(),
                        services.allocatable());
        try {
            volumes.mount(fields);
            retry = FIRST_RETRY;
            return null;
        } catch (VolumeException e) {
            services.events().warning(pod.reference(), "FailedMount", e.text());
            return e.text();
        }
    }

    /** Makes the sandbox; returns what is wrong, or null. */
    @Nullable String createSandbox(PodTree pod) {
        try {
            services.runtime().runPodSandbox(config(pod));
            List<String> missing = services.runtime().notEnforced(pod.tree().deepCopy());
            if (!missing.isEmpty()) {
                services.events()
                        .warning(
                                pod.reference(),
                                "NotEnforced",
                                "The runtime of this node does not enforce: "
                                        + String.join(", ", missing));
            }
            return null;
        } catch (CriException e) {
            services.events()
                    .warning(
                            pod.reference(),
                            "FailedCreatePodSandBox",
                            "Failed to create pod sandbox: rpc error: code = Unknown desc = "
                                    + e.text());
            return e.text();
        } catch (ApiException e) {
            services.events()
                    .warning(
                            pod.reference(),
                            "FailedCreatePodSandBox",
                            "Failed to create pod sandbox: " + e.status().message());
            return e.status().message();
        }
    }

    private PodSandboxConfig config(PodTree pod) {
        boolean hostNetwork = Json.bool(pod.tree(), "spec", "hostNetwork");
        List<Port> ports = new ArrayList<>();
        List<ObjectNode> containers = new ArrayList<>(pod.containers());
        containers.addAll(pod.initContainers());
        for (ObjectNode container : containers) {
            for (ObjectNode port : Json.objects(container, "ports")) {
                String protocol = Json.text(port, "protocol");
                ports.add(
                        new Port(
                                PodTree.name(container),
                                Json.text(port, "name"),
                                (int) Json.number(port, 0, "containerPort"),
                                protocol.isEmpty() ? "TCP" : protocol,
                                (int) Json.number(port, 0, "hostPort")));
            }
        }
        String hostname = Json.text(pod.tree(), "spec", "hostname");
        return new PodSandboxConfig(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                0,
                handler(pod),
                hostname.isEmpty() ? pod.name() : hostname,
                hostNetwork,
                ports,
                new PodDirectory(services.directory(), pod).root(),
                Json.stringMap(pod.tree(), "metadata", "labels"),
                Json.stringMap(pod.tree(), "metadata", "annotations"));
    }

    private String handler(PodTree pod) {
        String name = Json.text(pod.tree(), "spec", "runtimeClassName");
        return name.isEmpty()
                ? ""
                : Json.text(services.client().resource(RUNTIME_CLASSES).get("", name), "handler");
    }

    void unmount() throws IOException {
        volumes.unmount();
    }

    void close() {
        volumes.close();
    }
}
