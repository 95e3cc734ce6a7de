package dev.pilothouse.server.kubelet;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.log.LogFiles;
import dev.pilothouse.server.kubelet.node.HostFacts;
import dev.pilothouse.server.kubelet.pod.PodTree;
import dev.pilothouse.server.kubelet.pod.PodWorker;
import dev.pilothouse.server.kubelet.volume.DirectorySize;
import dev.pilothouse.server.node.NodeFiles;
import dev.pilothouse.server.node.NodeFiles.ContainerFiles;
import dev.pilothouse.server.node.NodeFiles.PodFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures what pods have written. Directories are walked, so that an answer is kept for a little
 * while for whoever asks next. Thread-safe.
 */
final class FileUsage {

    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final List<String> LISTS =
            List.of("containers", "initContainers", "ephemeralContainers");

    private final ContainerRuntime runtime;
    private final HostFacts host;
    private final InstantSource clock;
    private @Nullable NodeFiles last;

    FileUsage(ContainerRuntime runtime, HostFacts host, InstantSource clock) {
        this.runtime = runtime;
        this.host = host;
        this.clock = clock;
    }

    synchronized NodeFiles of(Collection<PodWorker> workers) throws IOException {
        Instant now = clock.instant();
        NodeFiles known = last;
        if (known == null || known.timestamp().plus(KEPT).isBefore(now)) {
            known = measure(workers, now);
            last = known;
        }
        return known;
    }

    private NodeFiles measure(Collection<PodWorker> workers, Instant now) throws IOException {
        HostFacts.Disk disk = host.disk();
        Map<String, PodFiles> pods = new HashMap<>();
        for (PodWorker worker : workers) {
            PodTree pod = worker.pod();
            pods.put(pod.uid(), new PodFiles(containers(worker), volumes(pod.uid())));
        }
        return new NodeFiles(
                now,
                new NodeFiles.Disk(disk.total(), disk.available()),
                disk.total() - disk.available(),
                pods);
    }

    private Map<String, ContainerFiles> containers(PodWorker worker) {
        Map<String, ContainerFiles> containers = new HashMap<>();
        for (String list : LISTS) {
            for (ObjectNode container : Json.objects(worker.pod().tree(), "spec", list)) {
                String name = Json.text(container, "name");
                ContainerStatus latest = worker.view().latest(name);
                if (latest != null) {
                    containers.put(
                            name,
                            new ContainerFiles(root(latest), LogFiles.size(latest.logPath())));
                }
            }
        }
        return containers;
    }

    private long root(ContainerStatus container) {
        try {
            return runtime.writableBytes(container.id());
        } catch (CriException _) {
            return 0; // It has been removed meanwhile.
        }
    }

    /** Every plug-in has a directory with one for each of its volumes; links lead elsewhere. */
    private Map<String, Long> volumes(String uid) {
        Map<String, Long> volumes = new HashMap<>();
        for (Path plugin :
                children(host.directory().resolve("pods").resolve(uid).resolve("volumes"))) {
            for (Path volume : children(plugin)) {
                volumes.put(volume.getFileName().toString(), DirectorySize.of(volume));
            }
        }
        return volumes;
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of(); // It has been removed meanwhile.
        }
    }
}
