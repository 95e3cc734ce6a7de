package dev.pilothouse.server.controller.deployment;

import dev.pilothouse.model.json.Json;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A replica set of a deployment as one attempt to roll it sees it. For one thread. */
final class ReplicaSetState {

    /** Tells apart the replica sets of a deployment. */
    static final String HASH = "pod-template-hash";

    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";

    /** The oldest first. */
    static final Comparator<ReplicaSetState> BY_AGE =
            Comparator.comparing(ReplicaSetState::created).thenComparing(ReplicaSetState::name);

    private ObjectNode tree;

    ReplicaSetState(ObjectNode tree) {
        this.tree = tree;
    }

    ObjectNode tree() {
        return tree;
    }

    void replace(ObjectNode written) {
        tree = written;
    }

    String name() {
        return Json.text(tree, "metadata", "name");
    }

    String uid() {
        return Json.text(tree, "metadata", "uid");
    }

    String created() {
        return Json.text(tree, "metadata", "creationTimestamp");
    }

    boolean deleting() {
        return Json.at(tree, "metadata", "deletionTimestamp") != null;
    }

    String annotation(String name) {
        return Json.text(tree, "metadata", "annotations", name);
    }

    long revision() {
        return number(annotation(REVISION));
    }

    /** How many pods it wants. */
    int replicas() {
        return (int) Json.number(tree, 1, "spec", "replicas");
    }

    /** How many pods it has. */
    int actual() {
        return status("replicas");
    }

    int ready() {
        return status("readyReplicas");
    }

    int available() {
        return status("availableReplicas");
    }

    int terminating() {
        return status("terminatingReplicas");
    }

    /** Whether its status tells of its present spec. */
    boolean observed() {
        return Json.number(tree, 0, "metadata", "generation")
                <= Json.number(tree, 0, "status", "observedGeneration");
    }

    /** Whether its template is this one, but for the label that tells replica sets apart. */
    boolean hasTemplate(ObjectNode template) {
        return withoutHash(tree.path("spec").path("template")).equals(withoutHash(template));
    }

    static int sumOfReplicas(List<ReplicaSetState> sets) {
        return sets.stream().mapToInt(ReplicaSetState::replicas).sum();
    }

    static int sumOfAvailable(List<ReplicaSetState> sets) {
        return sets.stream().mapToInt(ReplicaSetState::available).sum();
    }

    static int sumOfActual(List<ReplicaSetState> sets) {
        return sets.stream().mapToInt(ReplicaSetState::actual).sum();
    }

    static List<ReplicaSetState> active(List<ReplicaSetState> sets) {
        return sets.stream().filter(set -> set.replicas() > 0).toList();
    }

    static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private int status(String field) {
        return (int) Json.number(tree, 0, "status", field);
    }

    private static JsonNode withoutHash(JsonNode template) {
        JsonNode copy = template.deepCopy();
        ObjectNode labels = Json.objectAt(copy, "metadata", "labels");
        if (labels != null) {
            labels.remove(HASH);
        }
        return copy;
    }
}
