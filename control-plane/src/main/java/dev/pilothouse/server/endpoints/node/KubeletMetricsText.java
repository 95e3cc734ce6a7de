package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.endpoints.node.MetricsText.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What a kubelet tells of itself under {@code /metrics}. Source: pkg/kubelet/metrics. */
final class KubeletMetricsText {

    private KubeletMetricsText() {}

    /** The text. */
    static String of(String node, List<ObjectNode> pods) {
        Map<String, Integer> containers = new TreeMap<>();
        int running = 0;
        for (ObjectNode pod : pods) {
            running += Json.text(pod, "status", "phase").equals("Running") ? 1 : 0;
            for (ObjectNode status : Json.objects(pod, "status", "containerStatuses")) {
                String state =
                        Json.objectAt(status, "state", "running") != null
                                ? "running"
                                : Json.objectAt(status, "state", "terminated") != null
                                        ? "exited"
                                        : "created";
                containers.merge(state, 1, Integer::sum);
            }
        }
        MetricsText text = new MetricsText();
        text.family("kubelet_node_name", "gauge", "[ALPHA] The node's name. The count is always 1.")
                .add("kubelet_node_name", Labels.of("node", node), "1");
        text.family(
                "kubelet_running_containers",
                "gauge",
                "[ALPHA] Number of containers currently running");
        containers.forEach((state, count) ->
                text.add(
                        "kubelet_running_containers",
                        Labels.of("container_state", state),
                        Integer.toString(count)));
        text.family(
                        "kubelet_running_pods",
                        "gauge",
                        "[ALPHA] Number of pods that have a running pod sandbox")
                .add("kubelet_running_pods", Labels.NONE, Integer.toString(running));
        return text.text();
    }
}
