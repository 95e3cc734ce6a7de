package dev.pilothouse.server.controller.statefulset;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.IntOrPercent;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a stateful set asks for. Does not change the tree. */
record StatefulSetState(ObjectNode tree) {

    String name() {
        return Json.text(tree, "metadata", "name");
    }

    String namespace() {
        return Json.text(tree, "metadata", "namespace");
    }

    String uid() {
        return Json.text(tree, "metadata", "uid");
    }

    int generation() {
        return (int) Json.number(tree, 0, "metadata", "generation");
    }

    int replicas() {
        return (int) Json.number(tree, 1, "spec", "replicas");
    }

    /** The first ordinal. */
    int start() {
        return (int) Json.number(tree, 0, "spec", "ordinals", "start");
    }

    /** Whether the ordinal is one of those that are wanted. */
    boolean wants(int ordinal) {
        return ordinal >= start() && ordinal < start() + replicas();
    }

    /** Whether pods come and go one after the other. */
    boolean ordered() {
        return !Json.text(tree, "spec", "podManagementPolicy").equals("Parallel");
    }

    boolean rolls() {
        return !Json.text(tree, "spec", "updateStrategy", "type").equals("OnDelete");
    }

    /** How many pods from the first on keep the old template. */
    int partition() {
        return (int) Json.number(tree, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
    }

    /** How many pods may be unavailable during a rollout. */
    int maxUnavailable() {
        int resolved =
                IntOrPercent.of(
                        Json.at(tree, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable"),
                        replicas(),
                        RoundingMode.DOWN,
                        1);
        return Math.max(1, resolved);
    }

    int minReadySeconds() {
        return (int) Json.number(tree, 0, "spec", "minReadySeconds");
    }

    int historyLimit() {
        return (int) Json.number(tree, 10, "spec", "revisionHistoryLimit");
    }

    String serviceName() {
        return Json.text(tree, "spec", "serviceName");
    }

    Map<String, String> selectorLabels() {
        return Json.stringMap(tree, "spec", "selector", "matchLabels");
    }

    List<ObjectNode> claimTemplates() {
        return Json.objects(tree, "spec", "volumeClaimTemplates");
    }

    boolean deletesClaimsWithSet() {
        return Json.text(tree, "spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted")
                .equals("Delete");
    }

    boolean deletesClaimsWhenScaled() {
        return Json.text(tree, "spec", "persistentVolumeClaimRetentionPolicy", "whenScaled")
                .equals("Delete");
    }

    @Nullable ObjectNode status() {
        return Json.objectAt(tree, "status");
    }

    String podName(int ordinal) {
        return name() + "-" + ordinal;
    }

    String claimName(ObjectNode template, int ordinal) {
        return Json.text(template, "metadata", "name") + "-" + podName(ordinal);
    }

    /** The ordinal of a pod by its name, -1 when it is not one of this set. */
    int ordinal(String podName) {
        String prefix = name() + "-";
        String digits = podName.startsWith(prefix) ? podName.substring(prefix.length()) : "";
        return digits.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(digits) : -1;
    }
}
