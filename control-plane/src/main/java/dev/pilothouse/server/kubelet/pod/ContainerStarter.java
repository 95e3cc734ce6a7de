package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.kubelet.cri.ContainerConfig;
import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.Mount;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.env.ConfigException;
import dev.pilothouse.server.kubelet.env.ConfigSource;
import dev.pilothouse.server.kubelet.env.DownwardFields;
import dev.pilothouse.server.kubelet.env.Environment;
import dev.pilothouse.server.kubelet.env.Expansion;
import dev.pilothouse.server.kubelet.probe.Actions;
import dev.pilothouse.server.kubelet.probe.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and starts containers of one pod, one at a time. Calls block. */
final class ContainerStarter {

    /**
     * The label under which a container's definition is kept: another one means a new container.
     */
    static final String DEFINITION = "pilothouse.dev/definition";

    private final PodServices services;
    private final ConfigSource objects;

    ContainerStarter(PodServices services, ConfigSource objects) {
        this.services = services;
        this.objects = objects;
    }

    /** What of a container cannot change while it runs. */
    static String definition(ObjectNode container) {
        return Json.text(container, "image");
    }

    /**
     * Starts a container.
     *
     * @param volumes where the pod's volumes are, by name
     * @throws StartFailure when it does not run now
     */
    void start(
            PodTree pod,
            ObjectNode container,
            PodContainers containers,
            PodSandboxStatus sandbox,
            Map<String, Path> volumes)
            throws StartFailure, InterruptedException {
        String name = PodTree.name(container);
        ContainerStatus latest = containers.latest(name);
        int attempt = latest == null ? 0 : latest.attempt() + 1;
        if (latest != null && latest.state() == ContainerState.CREATED) {
            // It was about to be started when the program ended.
            services.runtime().removeContainer(latest.id());
            attempt = latest.attempt();
        }
        ContainerConfig config = config(pod, container, attempt, sandbox, volumes);
        pull(pod, container);
        String id = create(pod, container, sandbox, config);
        run(pod, container, id);
        prune(containers, name);
        postStart(pod, container, id, sandbox);
    }

    private void pull(PodTree pod, ObjectNode container) throws StartFailure {
        if (!services.runtime().images().usesImages()) {
            return;
        }
        new ImagePuller(services).ensure(pod, container);
    }

    private String create(
            PodTree pod, ObjectNode container, PodSandboxStatus sandbox, ContainerConfig config)
            throws StartFailure {
        try {
            String id = services.runtime().createContainer(sandbox.id(), config);
            services.events().normal(pod.reference(container), "Created", "Container created");
            return id;
        } catch (CriException e) {
            services.events().warning(pod.reference(container), "Failed", "Error: " + e.text());
            String reason =
                    e.code() == CriException.Code.INVALID_ARGUMENT
                            ? "CreateContainerConfigError"
                            : "CreateContainerError";
            throw new StartFailure(reason, e.text());
        }
    }

    private void run(PodTree pod, ObjectNode container, String id) throws StartFailure {
        try {
            services.runtime().startContainer(id);
            services.events().normal(pod.reference(container), "Started", "Container started");
        } catch (CriException e) {
            services.events().warning(pod.reference(container), "Failed", "Error: " + e.text());
            throw new StartFailure("RunContainerError", e.text());
        }
    }

    private void postStart(PodTree pod, ObjectNode container, String id, PodSandboxStatus sandbox)
            throws StartFailure, InterruptedException {
        ObjectNode hook = Json.objectAt(container, "lifecycle", "postStart");
        if (hook == null) {
            return;
        }
        String failure = Actions.hook(hook, new Target(services.runtime(), id, sandbox, container));
        if (failure != null) {
            services.events()
                    .warning(
                            pod.reference(container),
                            "FailedPostStartHook",
                            "PostStartHook failed");
            services.events().normal(pod.reference(container), "Killing", "FailedPostStartHook");
            services.runtime().stopContainer(id, Duration.ofSeconds(pod.graceSeconds()));
            throw new StartFailure("PostStartHookError", failure);
        }
    }

    /** Of those that have ended, the last one stays for its log. */
    private void prune(PodContainers containers, String name) {
        List<ContainerStatus> before = containers.byName().getOrDefault(name, List.of());
        for (int i = 0; i < before.size() - 1; i++) {
            if (before.get(i).state() == ContainerState.EXITED) {
                services.runtime().removeContainer(before.get(i).id());
            }
        }
    }

    private ContainerConfig config(
            PodTree pod,
            ObjectNode container,
            int attempt,
            PodSandboxStatus sandbox,
            Map<String, Path> volumes)
            throws StartFailure {
        String name = PodTree.name(container);
        PodDirectory directory = new PodDirectory(services.directory(), pod);
        try {
            DownwardFields fields =
                    new DownwardFields(
                            pod.tree(), sandbox.ips(), services.hostIp(), services.allocatable());
            Environment environment =
                    new Environment(
                            fields,
                            objects,
                            services.services().get(),
                            services.addresses(),
                            volumes);
            List<Mount> mounts = new ArrayList<>();
            Map<String, String> given = new LinkedHashMap<>(services.apiServer());
            given.putAll(
                    services.runtime()
                            .environment(
                                    sandbox.id(),
                                    name,
                                    volumeMounts(container, volumes, Map.of())));
            Map<String, String> variables = new LinkedHashMap<>(environment.of(container, given));
            mounts.addAll(volumeMounts(container, volumes, variables));
            Path termination = terminationFile(container, directory, attempt, mounts, variables);
            return new ContainerConfig(
                    name,
                    attempt,
                    Json.text(container, "image"),
                    command(container, variables),
                    Json.text(container, "workingDir"),
                    variables,
                    mounts,
                    directory.log(name, attempt),
                    Json.bool(container, "stdin"),
                    Json.bool(container, "stdinOnce"),
                    Json.bool(container, "tty"),
                    memoryLimit(container),
                    security(pod, container),
                    Map.of(
                            DEFINITION,
                            definition(container),
                            TerminationMessages.FILE,
                            termination.toString()));
        } catch (ConfigException e) {
            services.events().warning(pod.reference(container), "Failed", "Error: " + e.text());
            throw new StartFailure("CreateContainerConfigError", e.text());
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            services.events().warning(pod.reference(container), "Failed", "Error: " + message);
            throw new StartFailure("CreateContainerError", message);
        }
    }

    private static Path terminationFile(
            ObjectNode container,
            PodDirectory directory,
            int attempt,
            List<Mount> mounts,
            Map<String, String> variables)
            throws IOException {
        Path file = directory.terminationFile(PodTree.name(container), attempt);
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        String path = Json.text(container, "terminationMessagePath");
        mounts.add(new Mount("", path.isEmpty() ? "/dev/termination-log" : path, file, false));
        variables.putIfAbsent("TERMINATION_LOG", file.toString());
        return file;
    }

    private static List<String> command(ObjectNode container, Map<String, String> variables) {
        List<String> command = new ArrayList<>();
        for (String field : List.of("command", "args")) {
            ArrayNode words = Json.arrayAt(container, field);
            if (words != null) {
                words.forEach(word -> command.add(Expansion.expand(word.asString(""), variables)));
            }
        }
        return command;
    }

    private static List<Mount> volumeMounts(
            ObjectNode container, Map<String, Path> volumes, Map<String, String> variables) {
        List<Mount> mounts = new ArrayList<>();
        for (ObjectNode mount : Json.objects(container, "volumeMounts")) {
            String volume = Json.text(mount, "name");
            Path source = volumes.get(volume);
            if (source == null) {
                throw new ConfigException(
                        "cannot find volume \""
                                + volume
                                + "\" to mount into container \""
                                + PodTree.name(container)
                                + "\"");
            }
            String subPath = Json.text(mount, "subPath");
            String expression = Json.text(mount, "subPathExpr");
            if (!expression.isEmpty()) {
                subPath = Expansion.expand(expression, variables);
            }
            mounts.add(
                    new Mount(
                            volume,
                            Json.text(mount, "mountPath"),
                            subPath.isEmpty() ? source : below(source, subPath),
                            Json.bool(mount, "readOnly")));
        }
        if (!Json.objects(container, "volumeDevices").isEmpty()) {
            throw new ConfigException("block volumes are not supported by this node");
        }
        return mounts;
    }

    private static Path below(Path source, String subPath) {
        Path target = source.resolve(subPath).normalize();
        if (!target.startsWith(source)) {
            throw new ConfigException(
                    "failed to prepare subPath: " + subPath + " is outside the volume");
        }
        try {
            if (!Files.exists(target)) {
                Files.createDirectories(target);
            }
        } catch (IOException e) {
            throw new ConfigException("failed to create subPath directory: " + e.getMessage());
        }
        return target;
    }

    private static long memoryLimit(ObjectNode container) {
        String limit = Json.text(container, "resources", "limits", "memory");
        return limit.isEmpty() ? 0 : Quantity.parse(limit).value();
    }

    /** The container's settings over the pod's. */
    private static ObjectNode security(PodTree pod, ObjectNode container) {
        ObjectNode security = Json.object();
        ObjectNode ofPod = Json.objectAt(pod.tree(), "spec", "securityContext");
        if (ofPod != null) {
            security.setAll(ofPod.deepCopy());
        }
        @Nullable ObjectNode own = Json.objectAt(container, "securityContext");
        if (own != null) {
            security.setAll(own.deepCopy());
        }
        boolean nonRoot = Json.bool(security, "runAsNonRoot");
        if (nonRoot && Json.number(security, -1, "runAsUser") == 0) {
            throw new ConfigException(
                    "container's runAsUser breaks non-root policy (pod: \""
                            + pod.full()
                            + "\", container: "
                            + PodTree.name(container)
                            + ")");
        }
        return security;
    }
}
