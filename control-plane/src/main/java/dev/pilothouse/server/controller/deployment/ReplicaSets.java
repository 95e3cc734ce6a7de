package dev.pilothouse.server.controller.deployment;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.workload.Conditions;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Owner;
import dev.pilothouse.server.controller.workload.Templates;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import dev.pilothouse.server.record.EventRecorder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes, sizes and deletes the replica sets of deployments. Thread-safe. */
final class ReplicaSets {

    private final ControllerContext context;
    private final ResourceClient sets;
    private final ResourceClient deployments;
    private final EventRecorder events;

    ReplicaSets(ControllerContext context) {
        this.context = context;
        this.sets = context.client().resource(WorkloadKind.REPLICA_SET.resource());
        this.deployments = context.client().resource(WorkloadKind.DEPLOYMENT.resource());
        this.events = context.events();
    }

    /** The oldest replica set of the deployment's template, or null. */
    static @Nullable ReplicaSetState latest(
            DeploymentState deployment, List<ReplicaSetState> sets) {
        return sets.stream()
                .filter(set -> set.hasTemplate(deployment.template()))
                .min(ReplicaSetState.BY_AGE)
                .orElse(null);
    }

    /** Brings what a replica set says of its deployment up to date. */
    void refresh(DeploymentState deployment, ReplicaSetState latest, List<ReplicaSetState> old) {
        ObjectNode tree = latest.tree().deepCopy();
        boolean changed = Revisions.annotate(deployment, tree, nextRevision(old), true);
        if (Json.number(tree, 0, "spec", "minReadySeconds") != deployment.minReadySeconds()) {
            Json.child(tree, "spec").put("minReadySeconds", deployment.minReadySeconds());
            changed = true;
        }
        if (changed) {
            latest.replace(sets.update(tree));
        }
        boolean news = Revisions.note(deployment, latest.annotation(ReplicaSetState.REVISION));
        if (deployment.hasDeadline() && progress(deployment) == null) {
            announce(
                    deployment,
                    "True",
                    "FoundNewReplicaSet",
                    "Found new replica set \"" + latest.name() + "\"");
            news = true;
        }
        if (news) {
            writeStatus(deployment);
        }
    }

    /** Makes the replica set of the deployment's template. */
    ReplicaSetState create(DeploymentState deployment, List<ReplicaSetState> old) {
        String hash = Templates.hash(deployment.template(), deployment.collisionCount());
        ObjectNode set = describe(deployment, hash);
        int size = new Rolling(deployment).newSize(old, 0);
        Json.child(set, "spec").put("replicas", size);
        long revision = nextRevision(old);
        Revisions.annotate(deployment, set, revision, false);
        ReplicaSetState created;
        boolean existed = false;
        try {
            created = new ReplicaSetState(sets.create(set));
        } catch (ApiException e) {
            if (e.reason() != StatusReason.ALREADY_EXISTS) {
                complain(deployment, Json.text(set, "metadata", "name"), e);
                throw e;
            }
            created = existing(deployment, Json.text(set, "metadata", "name"), e);
            existed = true;
        }
        if (!existed && size > 0) {
            scaled(deployment, created, "up", 0, size);
        }
        boolean news = Revisions.note(deployment, Long.toString(revision));
        if (!existed && deployment.hasDeadline()) {
            announce(
                    deployment,
                    "True",
                    "NewReplicaSetCreated",
                    "Created new replica set \"" + created.name() + "\"");
            news = true;
        }
        if (news) {
            writeStatus(deployment);
        }
        return created;
    }

    /** Sizes replica sets. Returns whether the size of any has changed. */
    boolean scale(DeploymentState deployment, Map<ReplicaSetState, Integer> sizes) {
        boolean any = false;
        for (Map.Entry<ReplicaSetState, Integer> entry : sizes.entrySet()) {
            any |= scale(deployment, entry.getKey(), entry.getValue());
        }
        return any;
    }

    /** Sizes a replica set. Returns whether its size has changed. */
    boolean scale(DeploymentState deployment, ReplicaSetState set, int size) {
        int before = set.replicas();
        ObjectNode tree = set.tree().deepCopy();
        boolean news =
                Revisions.sizes(
                        tree, deployment.replicas(), deployment.replicas() + deployment.maxSurge());
        if (before == size && !news) {
            return false;
        }
        Json.child(tree, "spec").put("replicas", size);
        set.replace(sets.update(tree));
        if (before == size) {
            return false;
        }
        scaled(deployment, set, before < size ? "up" : "down", before, size);
        return true;
    }

    /** Deletes old replica sets beyond the history limit, the oldest first. */
    void cleanUp(DeploymentState deployment, List<ReplicaSetState> old) {
        List<ReplicaSetState> there = new ArrayList<>(old);
        there.removeIf(ReplicaSetState::deleting);
        int surplus = there.size() - deployment.historyLimit();
        there.sort(
                Comparator.comparingLong(ReplicaSetState::revision)
                        .thenComparing(ReplicaSetState.BY_AGE));
        for (int i = 0; i < surplus; i++) {
            ReplicaSetState set = there.get(i);
            if (set.actual() != 0 || set.replicas() != 0 || !set.observed()) {
                continue;
            }
            try {
                sets.delete(
                        deployment.namespace(),
                        set.name(),
                        DeleteOptions.DEFAULT.only(set.uid(), ""));
            } catch (ApiException e) {
                if (e.reason() != StatusReason.NOT_FOUND) {
                    throw e;
                }
            }
        }
    }

    /** Writes the status of a deployment, and the annotation of its revision. */
    void writeStatus(DeploymentState deployment) {
        deployment.replace(deployments.update(deployment.tree(), "status"));
    }

    /** A replica set of that name is there: ours after all, or one whose template hashes alike. */
    private ReplicaSetState existing(DeploymentState deployment, String name, ApiException e) {
        ObjectNode found = sets.get(deployment.namespace(), name);
        ReplicaSetState set = new ReplicaSetState(found);
        Owner owner = Owner.controllerOf(found);
        if (owner != null
                && owner.uid().equals(deployment.uid())
                && set.hasTemplate(deployment.template())) {
            return set;
        }
        deployment.statusToChange().put("collisionCount", deployment.collisionCount() + 1);
        writeStatus(deployment);
        throw e;
    }

    private void complain(DeploymentState deployment, String name, ApiException e) {
        if (Creation.isInTerminatingNamespace(e)) {
            return;
        }
        String message = "Failed to create new replica set \"" + name + "\": " + e.getMessage();
        if (deployment.hasDeadline()) {
            announce(deployment, "False", "ReplicaSetCreateError", message);
            writeStatus(deployment);
        }
        events.warning(deployment.reference(), "ReplicaSetCreateError", message);
    }

    private static ObjectNode describe(DeploymentState deployment, String hash) {
        ObjectNode set = Json.object();
        set.put("apiVersion", WorkloadKind.REPLICA_SET.apiVersion());
        set.put("kind", WorkloadKind.REPLICA_SET.kind());
        ObjectNode template = deployment.template().deepCopy();
        ObjectNode labels = Json.child(Json.child(template, "metadata"), "labels");
        labels.put(ReplicaSetState.HASH, hash);
        ObjectNode metadata = set.putObject("metadata");
        metadata.put("name", deployment.name() + "-" + hash);
        metadata.put("namespace", deployment.namespace());
        metadata.set("labels", labels.deepCopy());
        metadata.putArray("ownerReferences")
                .add(
                        WorkloadKind.DEPLOYMENT.controllerReference(
                                deployment.name(), deployment.uid()));
        ObjectNode spec = set.putObject("spec");
        ObjectNode selector = Json.objectAt(deployment.tree(), "spec", "selector");
        ObjectNode narrowed = selector == null ? Json.object() : selector.deepCopy();
        Json.child(narrowed, "matchLabels").put(ReplicaSetState.HASH, hash);
        spec.set("selector", narrowed);
        if (deployment.minReadySeconds() > 0) {
            spec.put("minReadySeconds", deployment.minReadySeconds());
        }
        spec.set("template", template);
        return set;
    }

    private void scaled(
            DeploymentState deployment, ReplicaSetState set, String way, int from, int to) {
        events.normal(
                deployment.reference(),
                "ScalingReplicaSet",
                "Scaled " + way + " replica set " + set.name() + " from " + from + " to " + to);
    }

    private void announce(DeploymentState deployment, String value, String reason, String message) {
        DeploymentStatus.put(
                deployment.statusToChange(),
                new DeploymentStatus(deployment, context.now())
                        .condition(DeploymentStatus.PROGRESSING, value, reason, message));
    }

    private static @Nullable ObjectNode progress(DeploymentState deployment) {
        return Conditions.find(deployment.status(), DeploymentStatus.PROGRESSING);
    }

    private static long nextRevision(List<ReplicaSetState> old) {
        return old.stream().mapToLong(ReplicaSetState::revision).max().orElse(0) + 1;
    }
}
