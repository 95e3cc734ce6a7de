package dev.pilothouse.server.controller.deployment;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The annotations by which kubectl rollout history and undo find their way. */
final class Revisions {

    /** What describes a deployment itself and not its replica sets. */
    private static final Set<String> NOT_COPIED =
            Set.of(
                    "kubectl.kubernetes.io/last-applied-configuration",
                    ReplicaSetState.REVISION,
                    ReplicaSetState.REVISION_HISTORY,
                    ReplicaSetState.DESIRED,
                    ReplicaSetState.MAX,
                    "deprecated.deployment.rollback.to");

    private static final int LONGEST_HISTORY = 2000;

    private Revisions() {}

    /**
     * Brings the annotations of the latest replica set up to date.
     *
     * @param set the replica set, which is changed
     * @param revision its revision, higher than those of all others
     * @param exists whether the replica set has been written before
     * @return whether anything changed
     */
    static boolean annotate(
            DeploymentState deployment, ObjectNode set, long revision, boolean exists) {
        ObjectNode annotations = Json.child(Json.child(set, "metadata"), "annotations");
        boolean changed = copy(deployment, annotations);
        String old = Json.text(annotations, ReplicaSetState.REVISION);
        if (old.isEmpty() || ReplicaSetState.number(old) < revision) {
            annotations.put(ReplicaSetState.REVISION, Long.toString(revision));
            changed = true;
            if (exists && !old.isEmpty()) {
                String history = Json.text(annotations, ReplicaSetState.REVISION_HISTORY);
                annotations.put(ReplicaSetState.REVISION_HISTORY, appended(history, old));
            }
        }
        if (!exists) {
            changed |=
                    sizes(
                            set,
                            deployment.replicas(),
                            deployment.replicas() + deployment.maxSurge());
        }
        return changed;
    }

    /** Notes the size of the deployment on a replica set. Returns whether that is news. */
    static boolean sizes(ObjectNode set, int desired, int max) {
        ObjectNode annotations = Json.child(Json.child(set, "metadata"), "annotations");
        boolean changed = put(annotations, ReplicaSetState.DESIRED, Integer.toString(desired));
        return put(annotations, ReplicaSetState.MAX, Integer.toString(max)) || changed;
    }

    /** Notes the revision on the deployment. Returns whether that is news. */
    static boolean note(DeploymentState deployment, String revision) {
        ObjectNode metadata = Json.child(deployment.tree(), "metadata");
        return put(Json.child(metadata, "annotations"), ReplicaSetState.REVISION, revision);
    }

    private static boolean copy(DeploymentState deployment, ObjectNode annotations) {
        boolean changed = false;
        for (Map.Entry<String, String> entry : deployment.annotations().entrySet()) {
            if (!NOT_COPIED.contains(entry.getKey())) {
                changed |= put(annotations, entry.getKey(), entry.getValue());
            }
        }
        return changed;
    }

    private static String appended(String history, String revision) {
        if (history.isEmpty()) {
            return revision;
        }
        String all = history + "," + revision;
        while (all.length() > LONGEST_HISTORY && all.contains(",")) {
            all = all.substring(all.indexOf(',') + 1);
        }
        return all;
    }

    private static boolean put(ObjectNode annotations, String name, String value) {
        if (Json.text(annotations, name).equals(value) && annotations.has(name)) {
            return false;
        }
        annotations.put(name, value);
        return true;
    }
}
