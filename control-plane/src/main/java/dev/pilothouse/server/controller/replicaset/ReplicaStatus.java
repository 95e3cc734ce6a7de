package dev.pilothouse.server.controller.replicaset;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.Conditions;
import dev.pilothouse.server.controller.workload.PodView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Computes the status of a replica set from its pods. */
final class ReplicaStatus {

    private static final String FAILURE = "ReplicaFailure";

    private final ObjectNode object;
    private final Instant now;

    /**
     * Of a replica set.
     *
     * @param object the replica set
     */
    ReplicaStatus(ObjectNode object, Instant now) {
        this.object = object;
        this.now = now;
    }

    /**
     * The new status.
     *
     * @param active the pods that count
     * @param terminating how many pods are going, -1 when the kind does not tell
     * @param difference how many pods there were too many, or negative, too few
     * @param failure why pods could not be made or deleted, or null
     */
    ObjectNode of(
            List<PodView> active,
            int terminating,
            int difference,
            @Nullable RuntimeException failure) {
        long minReady = Json.number(object, 0, "spec", "minReadySeconds");
        Map<String, String> template =
                Json.stringMap(object, "spec", "template", "metadata", "labels");
        int labeled = 0;
        int ready = 0;
        int available = 0;
        for (PodView pod : active) {
            labeled += pod.labels().entrySet().containsAll(template.entrySet()) ? 1 : 0;
            ready += pod.isReady() ? 1 : 0;
            available += pod.isAvailable(minReady, now) ? 1 : 0;
        }
        ObjectNode old = Json.objectAt(object, "status");
        ObjectNode status = old == null ? Json.object() : old.deepCopy();
        // The field is required, so that zero is written; the others are left out then.
        status.put("replicas", active.size());
        count(status, "fullyLabeledReplicas", labeled);
        count(status, "readyReplicas", ready);
        count(status, "availableReplicas", available);
        if (terminating >= 0) {
            status.put("terminatingReplicas", terminating);
        }
        status.put("observedGeneration", (int) Json.number(object, 0, "metadata", "generation"));
        failure(status, difference, failure);
        return status;
    }

    private void failure(ObjectNode status, int difference, @Nullable RuntimeException failure) {
        if (failure == null) {
            Conditions.remove(status, FAILURE);
        } else if (Conditions.find(status, FAILURE) == null && difference != 0) {
            Conditions.put(
                    status,
                    Conditions.condition(
                            FAILURE,
                            "True",
                            difference < 0 ? "FailedCreate" : "FailedDelete",
                            String.valueOf(failure.getMessage()),
                            now));
        }
    }

    private static void count(ObjectNode status, String field, int value) {
        if (value == 0) {
            status.remove(field);
        } else {
            status.put(field, value);
        }
    }
}
