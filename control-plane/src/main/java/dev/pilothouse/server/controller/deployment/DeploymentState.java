package dev.pilothouse.server.controller.deployment;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.server.controller.workload.IntOrPercent;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import dev.pilothouse.server.record.ObjectReference;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A deployment as one attempt to roll it sees it. For one thread. */
final class DeploymentState {

    /** A deadline or a limit of this size is none. */
    private static final int NONE = Integer.MAX_VALUE;

    private ObjectNode tree;

    DeploymentState(ObjectNode tree) {
        this.tree = tree;
    }

    /** The whole object. */
    ObjectNode tree() {
        return tree;
    }

    /** The object has been written, and the server has answered with this. */
    void replace(ObjectNode written) {
        tree = written;
    }

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

    ObjectReference reference() {
        return WorkloadKind.DEPLOYMENT.reference(ObjectMeta.of(tree));
    }

    Map<String, String> annotations() {
        return Json.stringMap(tree, "metadata", "annotations");
    }

    int replicas() {
        return (int) Json.number(tree, 1, "spec", "replicas");
    }

    boolean paused() {
        return Json.bool(tree, "spec", "paused");
    }

    boolean recreates() {
        return Json.text(tree, "spec", "strategy", "type").equals("Recreate");
    }

    int minReadySeconds() {
        return (int) Json.number(tree, 0, "spec", "minReadySeconds");
    }

    /** How many pods more than wanted there may be. */
    int maxSurge() {
        return recreates()
                ? 0
                : IntOrPercent.of(
                        Json.at(tree, "spec", "strategy", "rollingUpdate", "maxSurge"),
                        replicas(),
                        RoundingMode.UP,
                        0);
    }

    /** How many pods fewer than wanted may be available. */
    int maxUnavailable() {
        if (recreates() || replicas() == 0) {
            return 0;
        }
        int unavailable =
                IntOrPercent.of(
                        Json.at(tree, "spec", "strategy", "rollingUpdate", "maxUnavailable"),
                        replicas(),
                        RoundingMode.DOWN,
                        0);
        // With neither, nothing could ever be done.
        int resolved = unavailable == 0 && maxSurge() == 0 ? 1 : unavailable;
        return Math.min(resolved, replicas());
    }

    boolean hasDeadline() {
        return deadlineSeconds() != NONE;
    }

    int deadlineSeconds() {
        return (int) Json.number(tree, NONE, "spec", "progressDeadlineSeconds");
    }

    int historyLimit() {
        return (int) Json.number(tree, NONE, "spec", "revisionHistoryLimit");
    }

    ObjectNode template() {
        ObjectNode template = Json.objectAt(tree, "spec", "template");
        return template == null ? Json.object() : template;
    }

    int collisionCount() {
        return (int) Json.number(tree, 0, "status", "collisionCount");
    }

    /** The status to read from. */
    @Nullable ObjectNode status() {
        return Json.objectAt(tree, "status");
    }

    /** The status to change. */
    ObjectNode statusToChange() {
        return Json.child(tree, "status");
    }
}
