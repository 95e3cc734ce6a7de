package dev.pilothouse.server.kubelet.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.log.ContainerLogs;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings by which a node of this program lives, in the form in which kubelets tell theirs.
 * Source: kubelet.config.k8s.io/v1beta1.
 */
public final class KubeletConfiguration {

    private KubeletConfiguration() {}

    /** The settings of a node. */
    public static ObjectNode of(NodeSettings settings) {
        Pressure.Thresholds thresholds = settings.eviction();
        ContainerLogs.Rotation rotation = ContainerLogs.Rotation.DEFAULT;
        ObjectNode config = Json.object();
        config.put("kind", "KubeletConfiguration");
        config.put("apiVersion", "kubelet.config.k8s.io/v1beta1");
        config.put("maxPods", settings.pods());
        config.put("nodeStatusUpdateFrequency", NodeKeeper.RENEWAL.toSeconds() + "s");
        config.put("nodeStatusReportFrequency", NodeKeeper.REPORT.toMinutes() + "m0s");
        config.put("nodeLeaseDurationSeconds", NodeKeeper.LEASE_SECONDS);
        config.put("containerLogMaxSize", (rotation.maxBytes() >> 20) + "Mi");
        config.put("containerLogMaxFiles", rotation.maxFiles());
        config.putObject("evictionHard")
                .put("memory.available", (thresholds.memory() >> 20) + "Mi")
                .put("nodefs.available", (thresholds.disk() >> 20) + "Mi");
        ObjectNode taint = config.putArray("registerWithTaints").addObject();
        if (settings.tainted()) {
            taint.put("key", "pilothouse.dev/runtime")
                    .put("value", settings.runtimeLabel())
                    .put("effect", "NoSchedule");
        } else {
            config.remove("registerWithTaints");
        }
        return config;
    }
}
