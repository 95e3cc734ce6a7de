package dev.pilothouse.server.controller.deployment;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Computes the status of a deployment; kubectl rollout and Helm read it. */
final class DeploymentStatus {

    static final String PROGRESSING = "Progressing";
    static final String TIMED_OUT = "ProgressDeadlineExceeded";
    private static final String AVAILABLE = "Available";
    private static final String FAILURE = "ReplicaFailure";
    private static final String COMPLETE = "NewReplicaSetAvailable";
    private static final String PAUSED = "DeploymentPaused";

    private final DeploymentState deployment;
    private final Instant now;

    DeploymentStatus(DeploymentState deployment, Instant now) {
        this.deployment = deployment;
        this.now = now;
    }

    /** How many pods the deployment had when its status was written last. */
    static int replicas(DeploymentState deployment) {
        return (int) Json.number(deployment.status(), 0, "replicas");
    }

    /** The counts and the condition Available; the other conditions as they were. */
    ObjectNode counted(List<ReplicaSetState> all, @Nullable ReplicaSetState latest) {
        ObjectNode old = deployment.status();
        ObjectNode status = Json.object();
        status.put("observedGeneration", deployment.generation());
        int available = ReplicaSetState.sumOfAvailable(all);
        count(status, "replicas", ReplicaSetState.sumOfActual(all));
        count(status, "updatedReplicas", latest == null ? 0 : latest.actual());
        count(status, "readyReplicas", all.stream().mapToInt(ReplicaSetState::ready).sum());
        count(status, "availableReplicas", available);
        count(status, "unavailableReplicas", ReplicaSetState.sumOfReplicas(all) - available);
        status.put(
                "terminatingReplicas", all.stream().mapToInt(ReplicaSetState::terminating).sum());
        for (String kept : List.of("collisionCount", "conditions")) {
            if (old != null && old.hasNonNull(kept)) {
                status.set(kept, old.get(kept).deepCopy());
            }
        }
        boolean enough = available >= deployment.replicas() - deployment.maxUnavailable();
        put(
                status,
                enough
                        ? condition(
                                AVAILABLE,
                                "True",
                                "MinimumReplicasAvailable",
                                "Deployment has minimum availability.")
                        : condition(
                                AVAILABLE,
                                "False",
                                "MinimumReplicasUnavailable",
                                "Deployment does not have minimum availability."));
        return status;
    }

    /** The whole status of a deployment that is being rolled. */
    ObjectNode rolled(List<ReplicaSetState> all, @Nullable ReplicaSetState latest) {
        ObjectNode status = counted(all, latest);
        if (!deployment.hasDeadline()) {
            Conditions.remove(status, PROGRESSING);
        } else if (!wasComplete(status)) {
            progress(status, latest);
        }
        ObjectNode failure = failure(all, latest);
        if (failure == null) {
            Conditions.remove(status, FAILURE);
        } else {
            put(status, failure);
        }
        return status;
    }

    /** Whether a status tells of a deployment that has become what it is to be. */
    boolean isComplete(@Nullable ObjectNode status) {
        int wanted = deployment.replicas();
        return Json.number(status, 0, "updatedReplicas") == wanted
                && Json.number(status, 0, "replicas") == wanted
                && Json.number(status, 0, "availableReplicas") == wanted
                && Json.number(status, 0, "observedGeneration") >= deployment.generation();
    }

    /**
     * When to look again at a deployment whose rollout does not get on; null when that cannot
     * become too late.
     */
    @Nullable Duration untilTimeOut(ObjectNode status) {
        ObjectNode progress = Conditions.find(status, PROGRESSING);
        if (!deployment.hasDeadline()
                || progress == null
                || isComplete(status)
                || Json.text(progress, "reason").equals(TIMED_OUT)
                || Json.text(progress, "reason").equals(COMPLETE)) {
            return null;
        }
        Duration left = Duration.between(now, deadline(progress)).plusSeconds(1);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    /** Says that the deployment is paused, or is not any more. Returns whether that is news. */
    boolean pausing(ObjectNode status) {
        String reason = Conditions.reason(status, PROGRESSING);
        if (!deployment.hasDeadline() || reason.equals(TIMED_OUT)) {
            return false;
        }
        if (deployment.paused() && !reason.equals(PAUSED)) {
            put(status, condition(PROGRESSING, "Unknown", PAUSED, "Deployment is paused"));
            return true;
        }
        if (!deployment.paused() && reason.equals(PAUSED)) {
            put(
                    status,
                    condition(
                            PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed"));
            return true;
        }
        return false;
    }

    /** A condition that changed just now. */
    ObjectNode condition(String type, String value, String reason, String message) {
        return Conditions.condition(type, value, reason, message, now)
                .put("lastUpdateTime", Conditions.time(now));
    }

    /** Puts a condition in, unless one of the same status and reason is there. */
    static void put(ObjectNode status, ObjectNode condition) {
        ObjectNode before = Conditions.find(status, Json.text(condition, "type"));
        if (before != null && Json.text(before, "status").equals(Json.text(condition, "status"))) {
            if (Json.text(before, "reason").equals(Json.text(condition, "reason"))) {
                return;
            }
            condition.set("lastTransitionTime", before.path("lastTransitionTime"));
        }
        Conditions.put(status, condition);
    }

    private boolean wasComplete(ObjectNode status) {
        return Json.number(status, 0, "replicas") == Json.number(status, 0, "updatedReplicas")
                && Conditions.reason(deployment.status(), PROGRESSING).equals(COMPLETE);
    }

    private void progress(ObjectNode status, @Nullable ReplicaSetState latest) {
        String what =
                latest == null
                        ? "Deployment \"" + deployment.name() + "\""
                        : "ReplicaSet \"" + latest.name() + "\"";
        if (isComplete(status)) {
            put(
                    status,
                    condition(
                            PROGRESSING, "True", COMPLETE, what + " has successfully progressed."));
        } else if (gotOn(status)) {
            ObjectNode condition =
                    condition(PROGRESSING, "True", "ReplicaSetUpdated", what + " is progressing.");
            ObjectNode before = Conditions.find(status, PROGRESSING);
            if (before != null && Json.text(before, "status").equals("True")) {
                condition.set("lastTransitionTime", before.path("lastTransitionTime"));
            }
            // Put in even when its reason is the same: its time is what the deadline counts from.
            Conditions.put(status, condition);
        } else if (isTimedOut()) {
            put(
                    status,
                    condition(
                            PROGRESSING, "False", TIMED_OUT, what + " has timed out progressing."));
        }
    }

    private boolean gotOn(ObjectNode status) {
        ObjectNode old = deployment.status();
        long updated = Json.number(status, 0, "updatedReplicas");
        long oldUpdated = Json.number(old, 0, "updatedReplicas");
        long others = Json.number(status, 0, "replicas") - updated;
        long oldOthers = Json.number(old, 0, "replicas") - oldUpdated;
        return updated > oldUpdated
                || others < oldOthers
                || Json.number(status, 0, "readyReplicas") > Json.number(old, 0, "readyReplicas")
                || Json.number(status, 0, "availableReplicas")
                        > Json.number(old, 0, "availableReplicas");
    }

    private boolean isTimedOut() {
        ObjectNode progress = Conditions.find(deployment.status(), PROGRESSING);
        if (progress == null || Json.text(progress, "reason").equals(COMPLETE)) {
            return false;
        }
        return Json.text(progress, "reason").equals(TIMED_OUT) || deadline(progress).isBefore(now);
    }

    private Instant deadline(ObjectNode progress) {
        String since = Json.text(progress, "lastUpdateTime");
        Instant from = since.isEmpty() ? now : Instant.parse(since);
        return from.plusSeconds(deployment.deadlineSeconds());
    }

    /** Why a replica set cannot make or delete pods; what the new one says matters most. */
    private static @Nullable ObjectNode failure(
            List<ReplicaSetState> all, @Nullable ReplicaSetState latest) {
        ObjectNode found = null;
        for (ReplicaSetState set : all) {
            ObjectNode failure = Conditions.find(Json.objectAt(set.tree(), "status"), FAILURE);
            if (failure != null && (found == null || set.equals(latest))) {
                found = failure.deepCopy();
                found.set("lastUpdateTime", failure.path("lastTransitionTime"));
            }
        }
        return found;
    }

    private static void count(ObjectNode status, String field, int value) {
        if (value > 0) {
            status.put(field, value);
        }
    }
}
