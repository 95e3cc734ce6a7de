package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.ContainerState.Ended;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the change of a pod's state as a strategic merge patch of its status. Conditions merge by
 * type, so those that have not changed, and those of others, stay out of it. Source: kubelet's
 * pkg/kubelet/status/generate.go.
 */
final class PodStatusPatch {

    private final PodView pod;
    private final PodState state;
    private final String hostIp;
    private final String now;

    private PodStatusPatch(PodView pod, PodState state, String hostIp, Instant now) {
        this.pod = pod;
        this.state = state;
        this.hostIp = hostIp;
        this.now = time(now.getEpochSecond());
    }

    /** The patch that makes this state known, or null when all is known already. */
    static @Nullable ObjectNode of(PodView pod, PodState state, String hostIp, Instant now) {
        PodStatusPatch patch = new PodStatusPatch(pod, state, hostIp, now);
        ArrayNode conditions = patch.conditions();
        return state.equals(pod.state()) && conditions.isEmpty() ? null : patch.write(conditions);
    }

    private ObjectNode write(ArrayNode conditions) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", pod.uid());
        ObjectNode status = patch.putObject("status");
        if (pod.generation() > 0) {
            status.put("observedGeneration", pod.generation());
        }
        status.put("phase", state.phase());
        if (!state.reason().isEmpty()) {
            status.put("reason", state.reason()).put("message", state.message());
        }
        if (!conditions.isEmpty()) {
            status.set("conditions", conditions);
        }
        if (pod.state().started() == 0) {
            begin(status);
        }
        List<ContainerSpec> init = pod.workload().init();
        List<ContainerSpec> ephemeral = pod.workload().ephemeral();
        if (!init.isEmpty()) {
            status.set("initContainerStatuses", statuses(init, state.init()));
        }
        status.set("containerStatuses", statuses(pod.workload().main(), state.main()));
        if (!ephemeral.isEmpty()) {
            status.set("ephemeralContainerStatuses", statuses(ephemeral, state.ephemeral()));
        }
        return patch;
    }

    private void begin(ObjectNode status) {
        status.put("hostIP", hostIp);
        status.putArray("hostIPs").addObject().put("ip", hostIp);
        status.put("podIP", state.podIp());
        status.putArray("podIPs").addObject().put("ip", state.podIp());
        status.put("startTime", time(state.started()));
    }

    private ArrayNode conditions() {
        ArrayNode conditions = Json.array();
        boolean over = state.isTerminal();
        boolean initialized =
                state.isInitialized(pod.workload()) || state.phase().equals("Succeeded");
        boolean ready = !over && initialized && state.isContainersReady(pod.workload());
        String why = over ? completed() : "ContainersNotReady";
        condition(conditions, "PodReadyToStartContainers", !over, "", "");
        condition(
                conditions,
                "Initialized",
                initialized,
                initialized ? (over ? completed() : "") : "ContainersNotInitialized",
                initialized
                        ? ""
                        : "containers with incomplete status: "
                                + names(pod.workload().init(), state.init()));
        String unready =
                over
                        ? ""
                        : "containers with unready status: "
                                + names(pod.workload().main(), state.main());
        condition(conditions, "ContainersReady", ready, ready ? "" : why, ready ? "" : unready);
        boolean open = pod.workload().gates().stream().allMatch(pod::isTrue);
        if (ready && !open) {
            condition(
                    conditions,
                    "Ready",
                    false,
                    "ReadinessGatesNotReady",
                    "the status of pod readiness gate %s is not \"True\", but False"
                            .formatted(closedGate()));
        } else {
            condition(conditions, "Ready", ready, ready ? "" : why, ready ? "" : unready);
        }
        condition(conditions, "PodScheduled", true, "", "");
        return conditions;
    }

    private String closedGate() {
        return pod.workload().gates().stream()
                .filter(gate -> !pod.isTrue(gate))
                .findFirst()
                .map(gate -> "\"" + gate + "\"")
                .orElse("");
    }

    private String completed() {
        return state.phase().equals("Succeeded") ? "PodCompleted" : "PodFailed";
    }

    private void condition(
            ArrayNode conditions, String type, boolean value, String reason, String message) {
        String status = value ? "True" : "False";
        boolean known = status.equals(pod.conditions().get(type));
        if (known && (value || state.equals(pod.state()))) {
            return;
        }
        ObjectNode condition = conditions.addObject();
        condition.put("type", type).put("status", status);
        condition.putNull("lastProbeTime");
        if (!known) {
            condition.put("lastTransitionTime", now);
        }
        if (pod.generation() > 0) {
            condition.put("observedGeneration", pod.generation());
        }
        put(condition, "reason", reason);
        put(condition, "message", message);
    }

    /** What a condition says no more is taken out of it. */
    private static void put(ObjectNode condition, String field, String text) {
        if (text.isEmpty()) {
            condition.putNull(field);
        } else {
            condition.put(field, text);
        }
    }

    private static String names(List<ContainerSpec> specs, List<ContainerState> states) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            if (!states.get(i).ready() && !PodState.isDone(specs.get(i), states.get(i))) {
                names.add(specs.get(i).name());
            }
        }
        return "[" + String.join(" ", names) + "]";
    }

    private ArrayNode statuses(List<ContainerSpec> specs, List<ContainerState> states) {
        ArrayNode statuses = Json.array();
        for (int i = 0; i < specs.size(); i++) {
            status(statuses.addObject(), specs.get(i), states.get(i));
        }
        return statuses;
    }

    private void status(ObjectNode status, ContainerSpec spec, ContainerState container) {
        boolean begun =
                container.isRunning() || container.ended() != null || container.last() != null;
        status.put("name", spec.name());
        state(status.putObject("state"), spec, container);
        ObjectNode last = status.putObject("lastState");
        if (container.last() != null) {
            ended(last, spec, container.last(), container.restarts() - 1);
        }
        boolean done =
                spec.isSidecar()
                        ? container.ready()
                        : container.ready() || isInitDone(spec, container);
        status.put("ready", done);
        status.put("restartCount", container.restarts());
        status.put("image", spec.image());
        status.put("imageID", begun ? imageId(spec.image()) : "");
        if (begun) {
            status.put("containerID", containerId(spec, container.restarts()));
        }
        status.put("started", container.isRunning());
    }

    private boolean isInitDone(ContainerSpec spec, ContainerState container) {
        return pod.workload().init().contains(spec) && PodState.isDone(spec, container);
    }

    private void state(ObjectNode state, ContainerSpec spec, ContainerState container) {
        Ended ended = container.ended();
        if (container.isRunning()) {
            state.putObject("running").put("startedAt", time(container.started()));
        } else if (ended != null) {
            ended(state, spec, ended, container.restarts());
        } else {
            ObjectNode waiting = state.putObject("waiting");
            waiting.put("reason", container.reason());
            if (!container.message().isEmpty()) {
                waiting.put("message", container.message());
            }
        }
    }

    private void ended(ObjectNode state, ContainerSpec spec, Ended ended, int restarts) {
        ObjectNode terminated = state.putObject("terminated");
        terminated.put("exitCode", ended.exitCode());
        terminated.put("reason", ended.reason());
        terminated.put("startedAt", time(ended.started()));
        terminated.put("finishedAt", time(ended.finished()));
        terminated.put("containerID", containerId(spec, restarts));
    }

    private String containerId(ContainerSpec spec, int restarts) {
        return "simulated://" + hash(pod.uid() + "/" + spec.name() + "/" + Math.max(0, restarts));
    }

    private static String imageId(String image) {
        int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
        int digest = image.indexOf('@');
        int end = digest >= 0 ? digest : tag >= 0 ? tag : image.length();
        return "simulated/" + image.substring(0, end) + "@sha256:" + hash(image);
    }

    /** Looks like a digest; is none. */
    private static String hash(String text) {
        StringBuilder hash = new StringBuilder(64);
        long seed = Seeds.of(text);
        for (int i = 0; i < 4; i++) {
            hash.append(HexFormat.of().toHexDigits(Seeds.mix(seed, i)));
        }
        return hash.toString();
    }

    private static String time(long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }
}
