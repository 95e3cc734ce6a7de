package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The conditions of a node as its annotations want them. Source: pkg/kubelet/nodestatus/setters.go.
 */
final class NodeConditions {

    private NodeConditions() {}

    private record Condition(String type, boolean value, String reason, String message) {

        String text() {
            return (value ? "True" : "False") + " " + reason;
        }
    }

    private static List<Condition> wanted(NodeView node) {
        return List.of(
                pressure(
                        node,
                        "memory-pressure",
                        "MemoryPressure",
                        "KubeletHasInsufficientMemory",
                        "kubelet has insufficient memory available",
                        "KubeletHasSufficientMemory",
                        "kubelet has sufficient memory available"),
                pressure(
                        node,
                        "disk-pressure",
                        "DiskPressure",
                        "KubeletHasDiskPressure",
                        "kubelet has disk pressure",
                        "KubeletHasNoDiskPressure",
                        "kubelet has no disk pressure"),
                pressure(
                        node,
                        "pid-pressure",
                        "PIDPressure",
                        "KubeletHasInsufficientPID",
                        "kubelet has insufficient PID available",
                        "KubeletHasSufficientPID",
                        "kubelet has sufficient PID available"),
                node.knobs().on("not-ready")
                        ? new Condition(
                                "Ready",
                                false,
                                "KubeletNotReady",
                                "simulated failure: annotation "
                                        + Names.PREFIX
                                        + "not-ready is set")
                        : new Condition(
                                "Ready",
                                true,
                                "KubeletReady",
                                "kubelet is posting ready status (simulated)"));
    }

    private static Condition pressure(
            NodeView node,
            String knob,
            String type,
            String badReason,
            String bad,
            String goodReason,
            String good) {
        return node.knobs().on(knob)
                ? new Condition(type, true, badReason, bad)
                : new Condition(type, false, goodReason, good);
    }

    /** Whether the node shows what it should. */
    static boolean areShown(NodeView node) {
        return wanted(node).stream()
                .allMatch(condition ->
                        condition.text().equals(node.conditions().get(condition.type())));
    }

    /** Puts the conditions that are not as they should be into a status. */
    static void write(ObjectNode status, NodeView node, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ArrayNode conditions = Json.array();
        for (Condition condition : wanted(node)) {
            String shown = node.conditions().getOrDefault(condition.type(), "");
            if (condition.text().equals(shown)) {
                continue;
            }
            ObjectNode entry = conditions.addObject();
            entry.put("type", condition.type());
            entry.put("status", condition.value() ? "True" : "False");
            entry.put("lastHeartbeatTime", time);
            if (!shown.startsWith(condition.value() ? "True " : "False ")) {
                entry.put("lastTransitionTime", time);
            }
            entry.put("reason", condition.reason()).put("message", condition.message());
        }
        if (!conditions.isEmpty()) {
            status.set("conditions", conditions);
        }
    }
}
