package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.pod.StatusInput.Ended;
import dev.pilothouse.server.kubelet.probe.ContainerProbes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The conditions of a pod that its node looks after; others stay as they are. Source: the kubelet's
 * status/generate.go.
 */
final class PodConditions {

    private final StatusInput input;
    private final PodTree pod;
    private final String phase;
    private final long generation;
    private final ArrayNode conditions = Json.array();

    PodConditions(StatusInput input, String phase, long generation) {
        this.input = input;
        this.pod = input.pod();
        this.phase = phase;
        this.generation = generation;
    }

    ArrayNode all() {
        Ended ended = input.ended();
        if (ended != null && ended.disruption()) {
            put("DisruptionTarget", true, "TerminationByKubelet", ended.message());
        }
        boolean hasSandbox =
                input.containers().sandbox() != null
                        && !(isOver() && input.containers().running().isEmpty());
        put("PodReadyToStartContainers", hasSandbox, "", "");
        initialized();
        String unready = unready();
        ready(unready);
        containersReady("ContainersReady", unready);
        if (existing("PodScheduled") == null) {
            put("PodScheduled", true, "", "");
        }
        return conditions;
    }

    private boolean isOver() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private void initialized() {
        List<String> incomplete = new ArrayList<>();
        boolean begun =
                pod.containers().stream()
                        .anyMatch(each -> input.containers().latest(PodTree.name(each)) != null);
        for (ObjectNode each : pod.initContainers()) {
            ContainerStatus latest = input.containers().latest(PodTree.name(each));
            boolean done;
            if (PodTree.isSidecar(each)) {
                ContainerProbes probes = input.probes().apply(PodTree.name(each));
                done = probes != null && probes.started();
            } else {
                done =
                        latest != null
                                && latest.state() == ContainerState.EXITED
                                && latest.exitCode() == 0;
            }
            if (!done && !begun) {
                incomplete.add(PodTree.name(each));
            }
        }
        if (incomplete.isEmpty()) {
            put("Initialized", true, phase.equals("Succeeded") ? "PodCompleted" : "", "");
        } else {
            put(
                    "Initialized",
                    false,
                    "ContainersNotInitialized",
                    "containers with incomplete status: [" + String.join(" ", incomplete) + "]");
        }
    }

    /** What the containers lack to be ready, or empty. */
    private String unready() {
        List<String> unready = new ArrayList<>();
        List<ObjectNode> counted = new ArrayList<>(pod.containers());
        pod.initContainers().stream().filter(PodTree::isSidecar).forEach(counted::add);
        for (ObjectNode each : counted) {
            ContainerProbes probes = input.probes().apply(PodTree.name(each));
            boolean runs = input.containers().isRunning(PodTree.name(each));
            if (!runs || probes == null || !probes.ready()) {
                unready.add(PodTree.name(each));
            }
        }
        List<String> complaints = new ArrayList<>();
        if (!unready.isEmpty()) {
            complaints.add("containers with unready status: [" + String.join(" ", unready) + "]");
        }
        return String.join(", ", complaints);
    }

    private void containersReady(String type, String unready) {
        if (isOver()) {
            put(type, false, phase.equals("Succeeded") ? "PodCompleted" : "PodFailed", "");
        } else if (unready.isEmpty()) {
            put(type, true, "", "");
        } else {
            put(type, false, "ContainersNotReady", unready);
        }
    }

    private void ready(String unready) {
        if (isOver() || !unready.isEmpty()) {
            containersReady("Ready", unready);
            return;
        }
        List<String> complaints = new ArrayList<>();
        for (ObjectNode gate : Json.objects(pod.tree(), "spec", "readinessGates")) {
            String type = Json.text(gate, "conditionType");
            ObjectNode condition = existing(type);
            if (condition == null) {
                complaints.add(
                        "corresponding condition of pod readiness gate \""
                                + type
                                + "\" does not exist.");
            } else if (!Json.text(condition, "status").equals("True")) {
                complaints.add(
                        "the status of pod readiness gate \""
                                + type
                                + "\" is not \"True\", but "
                                + Json.text(condition, "status"));
            }
        }
        if (complaints.isEmpty()) {
            put("Ready", true, "", "");
        } else {
            put("Ready", false, "ReadinessGatesNotReady", String.join(", ", complaints));
        }
    }

    private @Nullable ObjectNode existing(String type) {
        return Json.objects(pod.tree(), "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .findFirst()
                .orElse(null);
    }

    private void put(String type, boolean holds, String reason, String message) {
        ObjectNode before = existing(type);
        String status = holds ? "True" : "False";
        ObjectNode condition = conditions.addObject();
        condition.put("type", type);
        condition.put("status", status);
        if (generation > 0) {
            condition.put("observedGeneration", generation);
        }
        boolean same = before != null && Json.text(before, "status").equals(status);
        String since = Json.text(before, "lastTransitionTime");
        condition.put(
                "lastTransitionTime",
                same && !since.isEmpty() ? since : ContainerStatusTree.time(input.now()));
        // What is not said must be taken away: the status is written as a patch.
        if (reason.isEmpty()) {
            condition.putNull("reason");
        } else {
            condition.put("reason", reason);
        }
        if (message.isEmpty()) {
            condition.putNull("message");
        } else {
            condition.put("message", message);
        }
    }
}
