package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.node.NodeUsage;
import dev.pilothouse.server.node.NodeUsage.ContainerUsage;
import dev.pilothouse.server.node.NodeUsage.PodUsage;
import dev.pilothouse.server.node.NodeUsage.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The metrics that a kubelet offers under {@code /metrics/resource}, in Prometheus' text form. CPU
 * time is told only where somebody counts it. Source: pkg/kubelet/metrics/collectors.
 */
final class ResourceMetricsText {

    private final NodeUsage usage;
    private final Map<String, ObjectNode> pods = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    private ResourceMetricsText(NodeUsage usage, List<ObjectNode> pods) {
        this.usage = usage;
        pods.forEach(pod -> this.pods.put(Json.text(pod, "metadata", "uid"), pod));
    }

    /**
     * The text.
     *
     * @param usage what has been measured
     * @param pods the pods of the node
     */
    static String of(NodeUsage usage, List<ObjectNode> pods) {
        ResourceMetricsText metrics = new ResourceMetricsText(usage, pods);
        metrics.containers();
        metrics.node();
        metrics.pods();
        metrics.family(
                "scrape_error",
                "gauge",
                "1 if there was an error while getting container metrics, 0 otherwise",
                List.of("scrape_error 0"));
        return metrics.text.toString();
    }

    private void containers() {
        List<String> cpu = new ArrayList<>();
        List<String> memory = new ArrayList<>();
        List<String> start = new ArrayList<>();
        for (PodUsage pod : usage.pods()) {
            for (ContainerUsage each : pod.containers()) {
                String labels = "{container=\"" + each.name() + "\"," + labels(pod).substring(1);
                amounts("container", labels, each.usage(), pod.timestamp(), cpu, memory);
                String started = ContainerStarts.of(pods.get(pod.pod().uid()), each.name());
                if (!started.isEmpty()) {
                    start.add(
                            "container_start_time_seconds"
                                    + labels
                                    + " "
                                    + Instant.parse(started).getEpochSecond());
                }
            }
        }
        family(
                "container_cpu_usage_seconds_total",
                "counter",
                "Cumulative cpu time consumed by the container in core-seconds",
                cpu);
        family(
                "container_memory_working_set_bytes",
                "gauge",
                "Current working set of the container in bytes",
                memory);
        family(
                "container_start_time_seconds",
                "gauge",
                "Start time of the container since unix epoch in seconds",
                start);
    }

    private void node() {
        List<String> cpu = new ArrayList<>();
        List<String> memory = new ArrayList<>();
        amounts("node", "", usage.total(), usage.timestamp(), cpu, memory);
        family(
                "node_cpu_usage_seconds_total",
                "counter",
                "Cumulative cpu time consumed by the node in core-seconds",
                cpu);
        family(
                "node_memory_working_set_bytes",
                "gauge",
                "Current working set of the node in bytes",
                memory);
    }

    private void pods() {
        List<String> cpu = new ArrayList<>();
        List<String> memory = new ArrayList<>();
        for (PodUsage pod : usage.pods()) {
            amounts("pod", labels(pod), NodeSummary.total(pod), pod.timestamp(), cpu, memory);
        }
        family(
                "pod_cpu_usage_seconds_total",
                "counter",
                "Cumulative cpu time consumed by the pod in core-seconds",
                cpu);
        family(
                "pod_memory_working_set_bytes",
                "gauge",
                "Current working set of the pod in bytes",
                memory);
    }

    /** Names of the API need no escaping. */
    private static String labels(PodUsage pod) {
        return "{namespace=\"" + pod.pod().namespace() + "\",pod=\"" + pod.pod().name() + "\"}";
    }

    private static void amounts(
            String subject,
            String labels,
            Usage usage,
            Instant time,
            List<String> cpu,
            List<String> memory) {
        String when = " " + time.toEpochMilli();
        if (usage.cpuNanos() >= 0) {
            cpu.add(
                    subject
                            + "_cpu_usage_seconds_total"
                            + labels
                            + " "
                            + String.format(Locale.ROOT, "%.9f", usage.cpuNanos() / 1e9)
                            + when);
        }
        memory.add(
                subject + "_memory_working_set_bytes" + labels + " " + usage.memoryBytes() + when);
    }

    private void family(String name, String type, String help, List<String> samples) {
        if (samples.isEmpty()) {
            return;
        }
        text.append("# HELP ").append(name).append(" [STABLE] ").append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        samples.forEach(sample -> text.append(sample).append('\n'));
    }
}
