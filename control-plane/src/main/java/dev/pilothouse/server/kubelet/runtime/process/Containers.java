package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.cri.ContainerConfig;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The containers of a runtime, kept as one directory each. Thread-safe. */
final class Containers {

    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);

    private final Path directory;
    private final Surroundings surroundings;
    private final Rights rights;
    private final InstantSource clock;
    private final Map<String, ProcessContainer> containers = new ConcurrentHashMap<>();

    Containers(Path directory, Surroundings surroundings, Rights rights, InstantSource clock)
            throws IOException {
        ContainerFiles.createPrivate(directory);
        this.directory = directory;
        this.surroundings = surroundings;
        this.rights = rights;
        this.clock = clock;
    }

    /** Finds again what an earlier run of the program has left. */
    void load() {
        try (Stream<Path> entries = Files.list(directory)) {
            entries.toList().forEach(this::load);
        } catch (IOException e) {
            throw new CriException(
                    Code.INTERNAL, "containers cannot be read: " + e.getMessage(), e);
        }
    }

    private void load(Path entry) {
        ContainerFiles files = new ContainerFiles(entry);
        try {
            ContainerRecord record = ContainerRecord.fromJson(Files.readAllBytes(files.config()));
            ProcessContainer container = new ProcessContainer(record, files, surroundings);
            container.adopt();
            containers.put(record.id(), container);
        } catch (NoSuchFileException e) {
            // It was being made when the program ended.
            delete(files);
        } catch (IOException | RuntimeException e) {
            LOG.error("the container in {} cannot be read", entry, e);
        }
    }

    String create(SandboxRecord sandbox, ContainerConfig config) {
        String id = UUID.randomUUID().toString().replace("-", "");
        ContainerFiles files = new ContainerFiles(directory.resolve(id));
        try {
            List<String> prefix = rights.prefix(config.security());
            if (config.command().isEmpty()) {
                throw new CriException(
                        Code.INVALID_ARGUMENT,
                        "no command specified: a host process has no image that could say what to run");
            }
            files.create();
            Path workingDir = workingDir(config.workingDir(), files);
            MountLinks.make(config.mounts(), files.root(), workingDir);
            ContainerRecord record =
                    new ContainerRecord(
                            id,
                            sandbox.id(),
                            sandbox.config().uid(),
                            config.name(),
                            config.attempt(),
                            config.image(),
                            config.command(),
                            prefix,
                            workingDir,
                            environment(id, sandbox, config, files),
                            config.mounts(),
                            config.logPath(),
                            config.stdin(),
                            config.stdinOnce(),
                            config.tty(),
                            config.memoryLimit(),
                            config.labels(),
                            clock.instant());
            ContainerFiles.replace(files.config(), record.toJson());
            containers.put(id, new ProcessContainer(record, files, surroundings));
            return id;
        } catch (CriException e) {
            delete(files);
            throw e;
        } catch (IOException e) {
            delete(files);
            throw new CriException(
                    Code.INTERNAL, "failed to create container: " + e.getMessage(), e);
        }
    }

    /** An absolute directory is the host's and must be there; others are the container's own. */
    private static Path workingDir(String workingDir, ContainerFiles files) throws IOException {
        if (workingDir.isEmpty()) {
            return files.root();
        }
        Path wanted = Path.of(workingDir);
        if (wanted.isAbsolute()) {
            return wanted;
        }
        Path own = files.root().resolve(wanted).normalize();
        if (!own.startsWith(files.root())) {
            throw new CriException(
                    Code.INVALID_ARGUMENT,
                    "working directory " + workingDir + " is outside the root");
        }
        return Files.createDirectories(own);
    }

    private static Map<String, String> environment(
            String id, SandboxRecord sandbox, ContainerConfig config, ContainerFiles files) {
        Map<String, String> all = new LinkedHashMap<>(HostEnvironment.of(System.getenv()));
        all.put("HOSTNAME", sandbox.config().hostname());
        all.put("CONTAINER_ROOT", files.root().toString());
        all.putAll(config.environment());
        all.put(HostProcesses.COOKIE, id);
        return all;
    }

    ProcessContainer get(String id) {
        ProcessContainer container = find(id);
        if (container == null) {
            throw new CriException(Code.NOT_FOUND, "container " + id + " not found");
        }
        return container;
    }

    @Nullable ProcessContainer find(String id) {
        return containers.get(id);
    }

    List<ProcessContainer> of(String sandboxId) {
        return containers.values().stream()
                .filter(container -> container.record().sandboxId().equals(sandboxId))
                .toList();
    }

    List<ProcessContainer> running() {
        return containers.values().stream().filter(ProcessContainer::isRunning).toList();
    }

    void remove(ProcessContainer container) {
        containers.remove(container.record().id());
        delete(container.files());
    }

    private static void delete(ContainerFiles files) {
        try {
            ContainerFiles.deleteTree(files.directory());
        } catch (IOException e) {
            LOG.warn("{} stays: {}", files.directory(), e.getMessage());
        }
    }

    /** Stops watching; what runs goes on. */
    void close() {
        containers.values().forEach(ProcessContainer::abandon);
    }
}
