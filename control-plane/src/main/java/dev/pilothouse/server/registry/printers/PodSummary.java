package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.HumanDuration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What kubectl shows of a pod's containers: how many are ready, why the pod is as it is, and how
 * often they restarted. Source: pkg/printers/internalversion printPod.
 */
final class PodSummary {

    private final ObjectNode pod;
    private final Set<String> sidecars = new HashSet<>();
    private String reason;
    private long ready;
    private long total;
    private long restarts;
    private String lastRestart = "";

    private PodSummary(ObjectNode pod) {
        this.pod = pod;
        this.reason = Cells.textOr(pod, Json.text(pod, "status", "phase"), "status", "reason");
        this.total = Json.objects(pod, "spec", "containers").size();
    }

    static PodSummary of(ObjectNode pod) {
        PodSummary summary = new PodSummary(pod);
        summary.findSidecars();
        summary.checkGates();
        boolean initializing = summary.initContainers();
        if (!initializing || conditionTrue(pod, "Initialized")) {
            summary.containers();
        }
        summary.checkDeletion();
        return summary;
    }

    long ready() {
        return ready;
    }

    long total() {
        return total;
    }

    String reason() {
        return reason;
    }

    String restartsText(Instant now) {
        return restarts == 0 || lastRestart.isEmpty()
                ? Long.toString(restarts)
                : restarts + " (" + HumanDuration.since(lastRestart, now) + " ago)";
    }

    /** Whether a condition of that type has the status True. */
    static boolean conditionTrue(ObjectNode pod, String type) {
        for (ObjectNode condition : Json.objects(pod, "status", "conditions")) {
            if (Json.text(condition, "type").equals(type)) {
                return Json.text(condition, "status").equals("True");
            }
        }
        return false;
    }

    private void findSidecars() {
        for (ObjectNode container : Json.objects(pod, "spec", "initContainers")) {
            if (Json.text(container, "restartPolicy").equals("Always")) {
                sidecars.add(Json.text(container, "name"));
                total++;
            }
        }
    }

    private void checkGates() {
        for (ObjectNode condition : Json.objects(pod, "status", "conditions")) {
            if (Json.text(condition, "type").equals("PodScheduled")
                    && Json.text(condition, "reason").equals("SchedulingGated")) {
                reason = "SchedulingGated";
            }
        }
    }

    /** Looks at init containers in order; true when one of them is not done. */
    private boolean initContainers() {
        List<ObjectNode> statuses = Json.objects(pod, "status", "initContainerStatuses");
        long sidecarRestarts = 0;
        String sidecarRestart = "";
        for (int i = 0; i < statuses.size(); i++) {
            ObjectNode status = statuses.get(i);
            boolean sidecar = sidecars.contains(Json.text(status, "name"));
            countRestarts(status);
            if (sidecar) {
                sidecarRestarts += Cells.number(status, "restartCount");
                sidecarRestart = later(sidecarRestart, lastTermination(status));
            }
            if (!initDone(status, sidecar, i)) {
                if (conditionTrue(pod, "Initialized")) {
                    restarts = sidecarRestarts;
                    lastRestart = sidecarRestart;
                }
                return true;
            }
        }
        restarts = sidecarRestarts;
        lastRestart = sidecarRestart;
        return false;
    }

    private boolean initDone(ObjectNode status, boolean sidecar, int index) {
        JsonNode terminated = Json.at(status, "state", "terminated");
        if (terminated != null && Cells.number(terminated, "exitCode") == 0) {
            return true;
        }
        if (sidecar && Json.bool(status, "started")) {
            if (Json.bool(status, "ready")) {
                ready++;
            }
            return true;
        }
        String waiting = Json.text(status, "state", "waiting", "reason");
        if (terminated != null) {
            reason = "Init:" + exit(terminated);
        } else if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
            reason = "Init:" + waiting;
        } else {
            reason = "Init:" + index + "/" + Cells.size(pod, "spec", "initContainers");
        }
        return false;
    }

    private void containers() {
        boolean running = false;
        List<ObjectNode> statuses = Json.objects(pod, "status", "containerStatuses");
        for (ObjectNode status : statuses.reversed()) {
            countRestarts(status);
            String waiting = Json.text(status, "state", "waiting", "reason");
            JsonNode terminated = Json.at(status, "state", "terminated");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (terminated != null) {
                reason = exit(terminated);
            } else if (Json.bool(status, "ready") && Json.at(status, "state", "running") != null) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && running) {
            reason = conditionTrue(pod, "Ready") ? "Running" : "NotReady";
        }
    }

    private void checkDeletion() {
        if (!Cells.terminating(pod)) {
            return;
        }
        String phase = Json.text(pod, "status", "phase");
        if (Json.text(pod, "status", "reason").equals("NodeLost")) {
            reason = "Unknown";
        } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
            reason = "Terminating";
        }
    }

    private static String exit(JsonNode terminated) {
        String reason = Json.text(terminated, "reason");
        if (!reason.isEmpty()) {
            return reason;
        }
        long signal = Cells.number(terminated, "signal");
        return signal != 0
                ? "Signal:" + signal
                : "ExitCode:" + Cells.number(terminated, "exitCode");
    }

    private void countRestarts(ObjectNode status) {
        restarts += Cells.number(status, "restartCount");
        lastRestart = later(lastRestart, lastTermination(status));
    }

    private static String lastTermination(ObjectNode status) {
        return Json.text(status, "lastState", "terminated", "finishedAt");
    }

    /** The later of two RFC 3339 times in UTC, which sort as text. */
    private static String later(String a, String b) {
        return b.compareTo(a) > 0 ? b : a;
    }
}
