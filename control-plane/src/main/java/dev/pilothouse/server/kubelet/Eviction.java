package dev.pilothouse.server.kubelet;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.ContainerStats;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.node.Pressure;
import dev.pilothouse.server.kubelet.node.Pressure.Thresholds;
import dev.pilothouse.server.kubelet.pod.PodTree;
import dev.pilothouse.server.kubelet.pod.PodWorker;
import dev.pilothouse.server.kubelet.volume.DirectorySize;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ends pods when the host runs out of something, one after the other: first those that use more
 * than they asked for, of these the less important ones, of these the hungriest. Source:
 * pkg/kubelet/eviction.
 */
final class Eviction {

    private final ContainerRuntime runtime;
    private final EventRecorder events;
    private final Path directory;
    private final Thresholds thresholds;

    private record Candidate(PodWorker worker, long used, long requested, long priority) {
        boolean exceeds() {
            return used > requested;
        }
    }

    Eviction(
            ContainerRuntime runtime, EventRecorder events, Path directory, Thresholds thresholds) {
        this.runtime = runtime;
        this.events = events;
        this.directory = directory;
        this.thresholds = thresholds;
    }

    /** Ends the pod whose end helps best, if any does. */
    void evictOne(Collection<PodWorker> workers, Pressure pressure) {
        String resource = pressure.resource().orElse("");
        Map<String, Long> memory = new HashMap<>();
        for (ContainerStats stats : runtime.listContainerStats()) {
            memory.put(stats.containerId(), stats.memoryBytes());
        }
        Optional<Candidate> chosen =
                workers.stream()
                        .filter(worker -> !worker.isOver() && !worker.pod().isTerminal())
                        .map(worker -> candidate(worker, resource, memory))
                        .filter(candidate -> candidate.used() > 0)
                        .max(
                                Comparator.comparing(Candidate::exceeds)
                                        .thenComparing(
                                                Candidate::priority, Comparator.reverseOrder())
                                        .thenComparing(each -> each.used() - each.requested()));
        chosen.ifPresent(candidate -> evict(candidate, resource, pressure));
    }

    private Candidate candidate(PodWorker worker, String resource, Map<String, Long> memory) {
        PodTree pod = worker.pod();
        long used = 0;
        long requested = 0;
        for (ObjectNode container : Json.objects(pod.tree(), "spec", "containers")) {
            ContainerStatus latest = worker.view().latest(Json.text(container, "name"));
            String request = Json.text(container, "resources", "requests", resource);
            requested += request.isEmpty() ? 0 : Quantity.parse(request).value();
            if (latest != null && resource.equals("memory")) {
                used += memory.getOrDefault(latest.id(), 0L);
            }
        }
        if (!resource.equals("memory")) {
            used = DirectorySize.of(directory.resolve("pods").resolve(pod.uid()));
        }
        return new Candidate(
                worker, used, requested, Json.number(pod.tree(), 0, "spec", "priority"));
    }

    private void evict(Candidate candidate, String resource, Pressure pressure) {
        boolean memory = resource.equals("memory");
        long threshold = memory ? thresholds.memory() : thresholds.disk();
        long available = memory ? pressure.availableMemory() : pressure.availableDisk();
        PodTree pod = candidate.worker().pod();
        List<ObjectNode> containers = Json.objects(pod.tree(), "spec", "containers");
        StringBuilder message = new StringBuilder();
        message.append("The node was low on resource: ").append(resource);
        message.append(". Threshold quantity: ").append(kibi(threshold));
        message.append(", available: ").append(kibi(available)).append(". ");
        if (candidate.exceeds() && !containers.isEmpty()) {
            message.append("Container ")
                    .append(Json.text(containers.getFirst(), "name"))
                    .append(" was using ")
                    .append(kibi(candidate.used()))
                    .append(", request is ")
                    .append(candidate.requested() == 0 ? "0" : kibi(candidate.requested()))
                    .append(", has larger consumption of ")
                    .append(resource)
                    .append(". ");
        }
        events.warning(ObjectReference.of("v1", "Pod", pod.tree()), "Evicted", message.toString());
        candidate.worker().end("Evicted", message.toString(), true, 0);
    }

    private static String kibi(long bytes) {
        return Math.max(1, bytes / 1024) + "Ki";
    }
}
