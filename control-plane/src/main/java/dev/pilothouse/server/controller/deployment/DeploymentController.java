package dev.pilothouse.server.controller.deployment;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.workload.Claims;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Key;
import dev.pilothouse.server.controller.workload.Owner;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Pods;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rolls every deployment from what there is to what it asks for, and tells in its status how far.
 */
public final class DeploymentController implements Component {

    /** Its service account. */
    public static final String NAME = "deployment-controller";

    private static final int WORKERS = 5;

    private final ControllerContext context;
    private final Informer<Workload> deployments;
    private final Informer<Workload> replicaSets;
    private final Pods pods;
    private final Claims claims;
    private final ReplicaSets sets;
    private final Set<String> recreating = ConcurrentHashMap.newKeySet();
    private final WorkQueue<Key> queue;
    private final Controller<Key> controller;

    /**
     * A controller that is not started.
     *
     * @param deployments all deployments
     * @param replicaSets all replica sets, with {@link Workload#INDEXES}
     */
    public DeploymentController(
            ControllerContext context,
            Informer<Workload> deployments,
            Informer<Workload> replicaSets,
            Pods pods) {
        this.context = context;
        this.deployments = deployments;
        this.replicaSets = replicaSets;
        this.pods = pods;
        this.claims =
                new Claims(context, WorkloadKind.DEPLOYMENT, WorkloadKind.REPLICA_SET.resource());
        this.sets = new ReplicaSets(context);
        this.queue = context.queue();
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        deployments.addHandler(this::deploymentChanged);
        replicaSets.addHandler(this::setChanged);
        pods.addHandler(this::podChanged);
        var _ =
                CompletableFuture.allOf(deployments.synced(), replicaSets.synced(), pods.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private void deploymentChanged(Delta<Workload> delta) {
        Workload deployment = delta.object();
        boolean there = !(delta instanceof Delta.Deleted<Workload>);
        if (there && new DeploymentState(deployment.tree()).recreates()) {
            recreating.add(deployment.uid());
        } else {
            recreating.remove(deployment.uid());
        }
        queue.add(deployment.key());
    }

    private void setChanged(Delta<Workload> delta) {
        Workload set = delta.object();
        if (delta instanceof Delta.Updated<Workload>(Workload previous, Workload _)) {
            if (previous.controller() != null && !previous.controller().equals(set.controller())) {
                enqueue(previous);
            }
        }
        if (set.controller() != null) {
            enqueue(set);
        } else if (!(delta instanceof Delta.Deleted<Workload>)) {
            for (Workload deployment : deployments.lister().inNamespace(set.namespace())) {
                if (deployment.selects(set.labels())) {
                    queue.add(deployment.key());
                }
            }
        }
    }

    private void enqueue(Workload set) {
        Workload deployment = ownerOf(set);
        if (deployment != null) {
            queue.add(deployment.key());
        }
    }

    /** A deployment that is recreated waits until the last of its old pods has gone. */
    private void podChanged(Delta<PodView> delta) {
        Owner owner = delta.object().controller();
        if (recreating.isEmpty()
                || !(delta instanceof Delta.Deleted<PodView>)
                || owner == null
                || !owner.kind().equals(WorkloadKind.REPLICA_SET.kind())) {
            return;
        }
        Workload set = replicaSets.lister().get(delta.object().namespace(), owner.name());
        Workload deployment = set == null ? null : ownerOf(set);
        if (deployment != null && recreating.contains(deployment.uid())) {
            queue.add(deployment.key());
        }
    }

    private @Nullable Workload ownerOf(Workload set) {
        Owner owner = set.controller();
        if (owner == null || !owner.kind().equals(WorkloadKind.DEPLOYMENT.kind())) {
            return null;
        }
        Workload deployment = deployments.lister().get(set.namespace(), owner.name());
        return deployment != null && deployment.uid().equals(owner.uid()) ? deployment : null;
    }

    private Result reconcile(Key key) {
        Workload workload = deployments.lister().get(key.namespace(), key.name());
        if (workload == null) {
            return Result.DONE;
        }
        DeploymentState deployment = new DeploymentState(workload.tree());
        if (workload.selector() == null) {
            selectsAll(deployment);
            return Result.DONE;
        }
        List<Workload> orphans =
                replicaSets.lister().byIndex(Workload.ORPHANS, workload.namespace()).stream()
                        .filter(set -> workload.selects(set.labels()))
                        .toList();
        List<Workload> owned =
                claims.claim(
                        workload,
                        replicaSets.lister().byIndex(Workload.BY_CONTROLLER, workload.uid()),
                        orphans,
                        set -> true);
        List<ReplicaSetState> states =
                owned.stream().map(set -> new ReplicaSetState(set.tree())).toList();
        return new Rollout(sets, deployment, states, pods::ownedBy, context.now())
                .run(workload.deleting());
    }

    private void selectsAll(DeploymentState deployment) {
        context.events()
                .warning(
                        deployment.reference(),
                        "SelectingAll",
                        "This deployment is selecting all pods. A non-empty selector is required.");
        ObjectNode status = deployment.statusToChange();
        if (Json.number(status, 0, "observedGeneration") < deployment.generation()) {
            status.put("observedGeneration", deployment.generation());
            sets.writeStatus(deployment);
        }
    }
}
