package dev.pilothouse.server.kubelet;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.log.LogFiles;
import dev.pilothouse.server.kubelet.pod.PodTree;
import dev.pilothouse.server.kubelet.pod.PodWorker;
import dev.pilothouse.server.kubelet.volume.DirectorySize;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ends pods that have written more to the disk than their limits allow. Only the files of pods with
 * such limits are looked at. Source: localStorageEviction of pkg/kubelet/eviction.
 */
final class LocalStorage {

    private static final String RESOURCE = "ephemeral-storage";

    private final ContainerRuntime runtime;
    private final EventRecorder events;
    private final Path directory;

    /**
     * Looks after the pods of a node.
     *
     * @param directory where the node's files are
     */
    LocalStorage(ContainerRuntime runtime, EventRecorder events, Path directory) {
        this.runtime = runtime;
        this.events = events;
        this.directory = directory;
    }

    /** Looks at all pods once. Reads the disk. */
    void check(Collection<PodWorker> workers) {
        for (PodWorker worker : workers) {
            PodTree pod = worker.pod();
            if (worker.isOver() || pod.isTerminal()) {
                continue;
            }
            String complaint = complaint(worker, pod);
            if (complaint != null) {
                ObjectReference reference = ObjectReference.of("v1", "Pod", pod.tree());
                events.warning(reference, "Evicted", complaint);
                worker.end("Evicted", complaint, false, 0);
            }
        }
    }

    private @Nullable String complaint(PodWorker worker, PodTree pod) {
        String complaint = ofVolumes(pod);
        if (complaint == null) {
            complaint = ofPod(worker, pod);
        }
        return complaint == null ? ofContainers(worker, pod) : complaint;
    }

    private @Nullable String ofVolumes(PodTree pod) {
        for (ObjectNode volume : Json.objects(pod.tree(), "spec", "volumes")) {
            String limit = Json.text(volume, "emptyDir", "sizeLimit");
            String name = Json.text(volume, "name");
            if (exceeds(limit, () -> DirectorySize.of(emptyDir(pod, name)))) {
                return "Usage of EmptyDir volume \""
                        + name
                        + "\" exceeds the limit \""
                        + limit
                        + "\". ";
            }
        }
        return null;
    }

    /** The limit of a pod is that of its containers together, as far as they have one. */
    private @Nullable String ofPod(PodWorker worker, PodTree pod) {
        List<ObjectNode> containers = Json.objects(pod.tree(), "spec", "containers");
        Quantity limit = null;
        for (ObjectNode container : containers) {
            String own = limit(container);
            if (!own.isEmpty()) {
                Quantity parsed = Quantity.parse(own);
                limit = limit == null ? parsed : limit.add(parsed);
            }
        }
        if (limit == null) {
            return null;
        }
        long used = DirectorySize.of(podDirectory(pod));
        for (ObjectNode container : containers) {
            used += used(worker, container);
        }
        return used > limit.value()
                ? "Pod ephemeral local storage usage exceeds the total limit of containers "
                        + limit
                        + ". "
                : null;
    }

    private @Nullable String ofContainers(PodWorker worker, PodTree pod) {
        for (ObjectNode container : Json.objects(pod.tree(), "spec", "containers")) {
            String limit = limit(container);
            if (exceeds(limit, () -> used(worker, container))) {
                return "Container "
                        + Json.text(container, "name")
                        + " exceeded its local ephemeral storage limit \""
                        + limit
                        + "\". ";
            }
        }
        return null;
    }

    private interface Measure {
        long bytes();
    }

    private static boolean exceeds(String limit, Measure measure) {
        long most = limit.isEmpty() ? 0 : Quantity.parse(limit).value();
        return most > 0 && measure.bytes() > most;
    }

    private static String limit(ObjectNode container) {
        return Json.text(container, "resources", "limits", RESOURCE);
    }

    /** What a container has written outside its volumes, and its log. */
    private long used(PodWorker worker, ObjectNode container) {
        ContainerStatus latest = worker.view().latest(Json.text(container, "name"));
        if (latest == null) {
            return 0;
        }
        try {
            return runtime.writableBytes(latest.id()) + LogFiles.size(latest.logPath());
        } catch (CriException _) {
            return 0; // It has been removed meanwhile.
        }
    }

    private Path podDirectory(PodTree pod) {
        return directory.resolve("pods").resolve(pod.uid());
    }

    private Path emptyDir(PodTree pod, String volume) {
        return podDirectory(pod)
                .resolve("volumes")
                .resolve("kubernetes.io~empty-dir")
                .resolve(volume);
    }
}
