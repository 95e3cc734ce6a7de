package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.Conditions;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a job asks for. Does not change the tree. */
record JobState(ObjectNode tree) {

    private static final String HERE = "kubernetes.io/job-controller";

    String name() {
        return Json.text(tree, "metadata", "name");
    }

    String namespace() {
        return Json.text(tree, "metadata", "namespace");
    }

    String uid() {
        return Json.text(tree, "metadata", "uid");
    }

    boolean deleting() {
        return Json.at(tree, "metadata", "deletionTimestamp") != null;
    }

    /** Whether it is this controller's, and not one of somebody else's. */
    boolean isManagedHere() {
        String manager = Json.text(tree, "spec", "managedBy");
        return manager.isEmpty() || manager.equals(HERE);
    }

    boolean isFinished() {
        return Conditions.isTrue(status(), "Complete") || Conditions.isTrue(status(), "Failed");
    }

    boolean indexed() {
        return Json.text(tree, "spec", "completionMode").equals("Indexed");
    }

    boolean suspended() {
        return Json.bool(tree, "spec", "suspend");
    }

    int parallelism() {
        return (int) Json.number(tree, 1, "spec", "parallelism");
    }

    /** How many pods have to succeed; empty when any success will do. */
    OptionalInt completions() {
        JsonNode value = Json.at(tree, "spec", "completions");
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.asInt());
    }

    int backoffLimit() {
        return (int) Json.number(tree, 6, "spec", "backoffLimit");
    }

    /** How often each index may fail, -1 for no limit of its own. */
    int backoffLimitPerIndex() {
        return (int) Json.number(tree, -1, "spec", "backoffLimitPerIndex");
    }

    boolean limitsIndexes() {
        return indexed() && backoffLimitPerIndex() >= 0;
    }

    /** How many indexes may fail, -1 for no limit. */
    int maxFailedIndexes() {
        return (int) Json.number(tree, -1, "spec", "maxFailedIndexes");
    }

    /** Whether pods are replaced only when they have failed, and not while they are going. */
    boolean replacesOnlyFailed() {
        return Json.text(tree, "spec", "podReplacementPolicy").equals("Failed")
                || Json.at(tree, "spec", "podFailurePolicy") != null;
    }

    boolean restartsContainers() {
        return Json.text(tree, "spec", "template", "spec", "restartPolicy").equals("OnFailure");
    }

    List<ObjectNode> failureRules() {
        return Json.objects(tree, "spec", "podFailurePolicy", "rules");
    }

    List<ObjectNode> successRules() {
        return Json.objects(tree, "spec", "successPolicy", "rules");
    }

    /** When the job has run for too long, or null. */
    @Nullable Instant deadline() {
        JsonNode seconds = Json.at(tree, "spec", "activeDeadlineSeconds");
        String start = Json.text(tree, "status", "startTime");
        return seconds == null || start.isEmpty()
                ? null
                : Instant.parse(start).plusSeconds(seconds.asLong());
    }

    @Nullable ObjectNode status() {
        return Json.objectAt(tree, "status");
    }

    BitSet completedIndexes() {
        return Indexes.parse(
                Json.text(tree, "status", "completedIndexes"), completions().orElse(0));
    }

    BitSet failedIndexes() {
        return Indexes.parse(Json.text(tree, "status", "failedIndexes"), completions().orElse(0));
    }
}
