package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.pod.StatusInput.Ended;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The status of a pod as the API has it. Source: the kubelet's generateAPIPodStatus. */
final class PodStatusTree {

    private PodStatusTree() {}

    static ObjectNode of(StatusInput input, String runtime, TerminationMessages messages) {
        PodTree pod = input.pod();
        ObjectNode status = Json.object();
        long generation = Json.number(pod.tree(), 0, "metadata", "generation");
        if (generation > 0) {
            status.put("observedGeneration", generation);
        }
        String phase = phase(input);
        status.put("phase", phase);
        status.set("conditions", new PodConditions(input, phase, generation).all());
        Ended ended = input.ended();
        if (ended != null) {
            status.put("reason", ended.reason());
            status.put("message", ended.message());
        }
        addresses(input, status);
        String start = Json.text(pod.tree(), "status", "startTime");
        status.put("startTime", start.isEmpty() ? ContainerStatusTree.time(input.now()) : start);
        ContainerStatusTree containers = new ContainerStatusTree(input, runtime, messages);
        if (!pod.initContainers().isEmpty()) {
            status.set("initContainerStatuses", containers.of(pod.initContainers()));
        }
        status.set("containerStatuses", containers.of(pod.containers()));
        if (!pod.ephemeralContainers().isEmpty()) {
            status.set("ephemeralContainerStatuses", containers.of(pod.ephemeralContainers()));
        }
        String qos = Json.text(pod.tree(), "status", "qosClass");
        if (!qos.isEmpty()) {
            status.put("qosClass", qos);
        }
        return status;
    }

    private static void addresses(StatusInput input, ObjectNode status) {
        status.put("hostIP", input.hostIp());
        status.putArray("hostIPs").addObject().put("ip", input.hostIp());
        PodSandboxStatus sandbox = input.containers().sandbox();
        if (sandbox != null && !sandbox.ips().isEmpty()) {
            status.put("podIP", sandbox.ips().getFirst());
            var list = status.putArray("podIPs");
            sandbox.ips().forEach(ip -> list.addObject().put("ip", ip));
        }
    }

    /** Source: the kubelet's getPhase. */
    static String phase(StatusInput input) {
        PodTree pod = input.pod();
        if (pod.isTerminal()) {
            return Json.text(pod.tree(), "status", "phase");
        }
        boolean anyRuns = !input.containers().running().isEmpty();
        if (input.ending() && !anyRuns) {
            return input.ended() != null || !allSucceeded(input) ? "Failed" : "Succeeded";
        }
        boolean pendingInit = false;
        for (ObjectNode each : pod.initContainers()) {
            ContainerStatus latest = input.containers().latest(PodTree.name(each));
            if (PodTree.isSidecar(each)) {
                pendingInit |= latest == null || latest.state() == ContainerState.CREATED;
            } else if (latest == null || latest.state() != ContainerState.EXITED) {
                pendingInit = true;
            } else if (latest.exitCode() != 0) {
                if (!pod.restarts(each, latest.exitCode())) {
                    return anyRuns ? "Pending" : "Failed";
                }
                pendingInit = true;
            }
        }
        int waiting = 0;
        int running = 0;
        int stopped = 0;
        int succeeded = 0;
        int restarting = 0;
        for (ObjectNode each : pod.containers()) {
            ContainerStatus latest = input.containers().latest(PodTree.name(each));
            if (latest == null || latest.state() == ContainerState.CREATED) {
                waiting++;
            } else if (latest.state() == ContainerState.RUNNING) {
                running++;
            } else {
                stopped++;
                succeeded += latest.exitCode() == 0 ? 1 : 0;
                restarting += pod.restarts(each, latest.exitCode()) ? 1 : 0;
            }
        }
        boolean begun = running + stopped > 0;
        if ((pendingInit && !begun) || waiting > 0) {
            return "Pending";
        }
        if (running > 0 || restarting > 0 || anyRuns) {
            return "Running";
        }
        return stopped == succeeded ? "Succeeded" : "Failed";
    }

    private static boolean allSucceeded(StatusInput input) {
        List<ObjectNode> containers = input.pod().containers();
        return containers.stream()
                .allMatch(each -> {
                    ContainerStatus latest = input.containers().latest(PodTree.name(each));
                    return latest != null
                            && latest.state() == ContainerState.EXITED
                            && latest.exitCode() == 0;
                });
    }
}
