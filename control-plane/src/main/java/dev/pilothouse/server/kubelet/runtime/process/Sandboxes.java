package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig;
import dev.pilothouse.server.kubelet.cri.PodSandboxConfig.Port;
import dev.pilothouse.server.kubelet.runtime.process.SandboxRecord.Allotted;
import dev.pilothouse.server.kubelet.runtime.process.SandboxRecord.Meta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The sandboxes of a runtime, kept as one file each. Thread-safe. */
final class Sandboxes {

    private final Path directory;
    private final InstantSource clock;
    private final PortAllocator ports = new PortAllocator();
    private final Map<String, SandboxRecord> sandboxes = new ConcurrentHashMap<>();

    Sandboxes(Path directory, InstantSource clock) throws IOException {
        ContainerFiles.createPrivate(directory);
        this.directory = directory;
        this.clock = clock;
    }

    void load() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
                SandboxRecord sandbox = SandboxRecord.fromJson(Files.readAllBytes(file));
                sandboxes.put(sandbox.id(), sandbox);
                sandbox.ports().forEach(each -> ports.claim(each.port().protocol(), each.host()));
            }
        } catch (IOException e) {
            throw new CriException(Code.INTERNAL, "sandboxes cannot be read: " + e.getMessage(), e);
        }
    }

    String create(PodSandboxConfig config) {
        String id = UUID.randomUUID().toString().replace("-", "");
        List<Allotted> allotted = new ArrayList<>();
        for (Port port : config.ports()) {
            allotted.add(new Allotted(port, allot(config, port)));
        }
        SandboxRecord sandbox =
                new SandboxRecord(id, Meta.of(config), List.copyOf(allotted), clock.instant());
        try {
            ContainerFiles.replace(file(id), sandbox.toJson());
        } catch (IOException e) {
            release(sandbox);
            throw new CriException(
                    Code.INTERNAL, "the sandbox cannot be written: " + e.getMessage(), e);
        }
        sandboxes.put(id, sandbox);
        return id;
    }

    private int allot(PodSandboxConfig config, Port port) {
        if (config.hostNetwork() || port.hostPort() > 0 || port.protocol().equals("SCTP")) {
            int fixed = port.hostPort() > 0 ? port.hostPort() : port.port();
            ports.claim(port.protocol(), fixed);
            return fixed;
        }
        return ports.allocate(port.protocol());
    }

    SandboxRecord get(String id) {
        SandboxRecord sandbox = sandboxes.get(id);
        if (sandbox == null) {
            throw new CriException(Code.NOT_FOUND, "sandbox " + id + " not found");
        }
        return sandbox;
    }

    Collection<SandboxRecord> all() {
        return List.copyOf(sandboxes.values());
    }

    void remove(String id) {
        SandboxRecord sandbox = sandboxes.remove(id);
        if (sandbox != null) {
            release(sandbox);
            try {
                Files.deleteIfExists(file(id));
                ContainerFiles.deleteTree(directory(id));
            } catch (IOException e) {
                throw new CriException(Code.INTERNAL, "a sandbox stays: " + e.getMessage(), e);
            }
        }
    }

    private void release(SandboxRecord sandbox) {
        sandbox.ports().forEach(each -> ports.release(each.port().protocol(), each.host()));
    }

    /** Where files of a sandbox may be kept; made by whoever keeps some. */
    Path directory(String id) {
        return directory.resolve(id);
    }

    private Path file(String id) {
        return directory.resolve(id + ".json");
    }
}
