package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.endpoints.node.MetricsText.Labels;
import dev.pilothouse.server.node.NodeFiles;
import dev.pilothouse.server.node.NodeFiles.ContainerFiles;
import dev.pilothouse.server.node.NodeFiles.PodFiles;
import dev.pilothouse.server.node.NodeUsage;
import dev.pilothouse.server.node.NodeUsage.ContainerUsage;
import dev.pilothouse.server.node.NodeUsage.PodUsage;
import dev.pilothouse.server.node.NodeUsage.Usage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kubelet tells of containers under {@code /metrics/cadvisor}, under the names and labels
 * that dashboards and rules for Prometheus look for. What nobody measures is left out. Source:
 * cAdvisor's metrics/prometheus.go and pkg/kubelet/server containerPrometheusLabelsFunc.
 */
final class CadvisorMetricsText {

    private static final String CPU = "container_cpu_usage_seconds_total";
    private static final String FILES = "container_fs_usage_bytes";
    private static final String DISK = "container_fs_limit_bytes";
    private static final String SEEN = "container_last_seen";
    private static final String MEMORY = "container_memory_usage_bytes";
    private static final String WORKING_SET = "container_memory_working_set_bytes";
    private static final String SHARES = "container_spec_cpu_shares";
    private static final String QUOTA = "container_spec_cpu_quota";
    private static final String PERIOD = "container_spec_cpu_period";
    private static final String LIMIT = "container_spec_memory_limit_bytes";
    private static final String START = "container_start_time_seconds";
    private static final int PERIOD_MICROS = 100_000;

    private final MetricsText text = new MetricsText();
    private final NodeFiles files;
    private final long disk;

    private CadvisorMetricsText(ObjectNode node, NodeFiles files) {
        this.files = files;
        this.disk = new FileSummary(node, files).capacity();
        text.family(CPU, "counter", "Cumulative cpu time consumed in seconds.");
        text.family(DISK, "gauge", "Number of bytes that can be consumed on this filesystem.");
        text.family(FILES, "gauge", "Number of bytes that are consumed on this filesystem.");
        text.family(SEEN, "gauge", "Last time a container was seen by the exporter");
        text.family(MEMORY, "gauge", "Current memory usage in bytes, including all memory.");
        text.family(WORKING_SET, "gauge", "Current working set in bytes.");
        text.family(PERIOD, "gauge", "CPU period of the container.");
        text.family(QUOTA, "gauge", "CPU quota of the container.");
        text.family(SHARES, "gauge", "CPU share of the container.");
        text.family(LIMIT, "gauge", "Memory limit for the container.");
        text.family(START, "gauge", "Start time of the container since unix epoch in seconds.");
    }

    /**
     * The text.
     *
     * @param node the Node
     * @param usage what has been measured
     * @param files what is on disk
     * @param pods the pods that are bound to the node
     */
    static String of(ObjectNode node, NodeUsage usage, NodeFiles files, List<ObjectNode> pods) {
        CadvisorMetricsText metrics = new CadvisorMetricsText(node, files);
        Map<String, ObjectNode> byUid = new HashMap<>();
        pods.forEach(pod -> byUid.put(Json.text(pod, "metadata", "uid"), pod));
        Labels root = labels("", "/", "", "", "", "");
        metrics.amounts(root, usage.total(), usage.timestamp());
        metrics.disk(root, files.used(), usage.timestamp());
        for (PodUsage pod : usage.pods()) {
            metrics.pod(pod, byUid.get(pod.pod().uid()));
        }
        metrics.machine(node);
        return metrics.text.text();
    }

    private void pod(PodUsage usage, @Nullable ObjectNode pod) {
        String namespace = usage.pod().namespace();
        String name = usage.pod().name();
        String id = group(pod) + "/pod" + usage.pod().uid();
        Labels ofPod = labels("", id, "", "", namespace, name);
        amounts(ofPod, NodeSummary.total(usage), usage.timestamp());
        PodFiles own = files.pods().get(usage.pod().uid());
        for (ContainerUsage container : usage.containers()) {
            ObjectNode status =
                    pod == null ? null : ContainerLogState.status(pod, container.name());
            String containerId = Json.text(status, "containerID").replaceFirst("^.*://", "");
            Labels labels =
                    labels(
                            container.name(),
                            id + "/" + containerId,
                            Json.text(status, "image"),
                            containerId,
                            namespace,
                            name);
            amounts(labels, container.usage(), usage.timestamp());
            ContainerFiles written = own == null ? null : own.containers().get(container.name());
            if (written != null) {
                disk(labels, written.root() + written.logs(), usage.timestamp());
            }
            String started = ContainerStarts.of(pod, container.name());
            if (!started.isEmpty()) {
                text.add(START, labels, seconds(Instant.parse(started)));
            }
            spec(labels, pod, container.name());
        }
    }

    private void amounts(Labels labels, Usage usage, Instant time) {
        String when = " " + time.toEpochMilli();
        if (usage.cpuNanos() >= 0) {
            String cpu = labels.text().replace(",id=", ",cpu=\"total\",id=");
            text.add(
                    CPU,
                    new Labels(cpu),
                    String.format(Locale.ROOT, "%.9f", usage.cpuNanos() / 1e9) + when);
        }
        text.add(MEMORY, labels, usage.memoryBytes() + when);
        text.add(WORKING_SET, labels, usage.memoryBytes() + when);
        text.add(SEEN, labels, seconds(time) + when);
    }

    private void disk(Labels labels, long used, Instant time) {
        String device = labels.text().replace(",id=", ",device=\"/\",id=");
        String when = " " + time.toEpochMilli();
        text.add(FILES, new Labels(device), used + when);
        text.add(DISK, new Labels(device), disk + when);
    }

    private void spec(Labels labels, @Nullable ObjectNode pod, String container) {
        for (String list : List.of("containers", "initContainers")) {
            for (ObjectNode spec : Json.objects(pod, "spec", list)) {
                if (!Json.text(spec, "name").equals(container)) {
                    continue;
                }
                String request = Json.text(spec, "resources", "requests", "cpu");
                String cpu = Json.text(spec, "resources", "limits", "cpu");
                String memory = Json.text(spec, "resources", "limits", "memory");
                long milli = request.isEmpty() ? 0 : Quantity.parse(request).milliValue();
                text.add(SHARES, labels, Long.toString(Math.max(2, milli * 1024 / 1000)));
                text.add(PERIOD, labels, Integer.toString(PERIOD_MICROS));
                if (!cpu.isEmpty()) {
                    long quota = Quantity.parse(cpu).milliValue() * PERIOD_MICROS / 1000;
                    text.add(QUOTA, labels, Long.toString(quota));
                }
                text.add(
                        LIMIT,
                        labels,
                        memory.isEmpty() ? "0" : Long.toString(Quantity.parse(memory).value()));
            }
        }
    }

    private void machine(ObjectNode node) {
        String cpu = Json.text(node, "status", "capacity", "cpu");
        String memory = Json.text(node, "status", "capacity", "memory");
        text.family("machine_cpu_cores", "gauge", "Number of logical CPU cores.");
        text.family("machine_memory_bytes", "gauge", "Amount of memory installed on the machine.");
        if (!cpu.isEmpty()) {
            text.add("machine_cpu_cores", Labels.NONE, Long.toString(Quantity.parse(cpu).value()));
        }
        if (!memory.isEmpty()) {
            text.add(
                    "machine_memory_bytes",
                    Labels.NONE,
                    Long.toString(Quantity.parse(memory).value()));
        }
    }

    /** The control group in which Kubernetes would have the pod. */
    private static String group(@Nullable ObjectNode pod) {
        return switch (Json.text(pod, "status", "qosClass")) {
            case "Burstable" -> "/kubepods/burstable";
            case "BestEffort" -> "/kubepods/besteffort";
            default -> "/kubepods";
        };
    }

    private static Labels labels(
            String container, String id, String image, String name, String namespace, String pod) {
        return Labels.of(
                "container",
                container,
                "id",
                id,
                "image",
                image,
                "name",
                name,
                "namespace",
                namespace,
                "pod",
                pod);
    }

    private static String seconds(Instant time) {
        return Long.toString(time.getEpochSecond());
    }
}
