package dev.pilothouse.server.controller.replicaset;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.workload.Claims;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Expectations;
import dev.pilothouse.server.controller.workload.Key;
import dev.pilothouse.server.controller.workload.OwnedPods;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Pods;
import dev.pilothouse.server.controller.workload.StatusWriter;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees to it that every replica set, or every replication controller, has as many pods as it wants,
 * and says in its status how many there are.
 */
public final class ReplicaSetController implements Component {

    /** The service account of the controller of replica sets. */
    public static final String NAME = "replicaset-controller";

    /** The service account of the controller of replication controllers. */
    public static final String REPLICATION_NAME = "replication-controller";

    private static final int WORKERS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final ControllerContext context;
    private final WorkloadKind kind;
    private final Informer<Workload> sets;
    private final Pods pods;
    private final StatusWriter statuses;
    private final Claims claims;
    private final Expectations expectations;
    private final Replicas replicas;
    private final WorkQueue<Key> queue;
    private final Controller<Key> controller;

    /**
     * A controller that is not started.
     *
     * @param kind replica sets or replication controllers
     * @param sets the objects of that kind, with {@link Workload#INDEXES}
     */
    public ReplicaSetController(
            ControllerContext context, WorkloadKind kind, Informer<Workload> sets, Pods pods) {
        this.context = context;
        this.kind = kind;
        this.sets = sets;
        this.pods = pods;
        this.statuses = new StatusWriter(context.client().resource(kind.resource()));
        this.claims = new Claims(context, kind, Pods.RESOURCE);
        this.expectations = new Expectations(context.clock());
        this.replicas = new Replicas(context, kind, sets.lister(), pods, expectations);
        this.queue = context.queue();
        String name = kind.equals(WorkloadKind.REPLICA_SET) ? NAME : REPLICATION_NAME;
        this.controller = new Controller<>(name, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        sets.addHandler(this::setChanged);
        pods.addHandler(new OwnedPods(kind, sets.lister(), expectations, this::podChanged));
        var _ = CompletableFuture.allOf(sets.synced(), pods.synced()).thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private void setChanged(Delta<Workload> delta) {
        if (delta instanceof Delta.Deleted<Workload>) {
            expectations.forget(delta.object().uid());
        }
        if (delta instanceof Delta.Updated<Workload>(Workload previous, Workload set)
                && !previous.uid().equals(set.uid())) {
            expectations.forget(previous.uid());
        }
        queue.add(delta.object().key());
    }

    /** What happens to the pods of a large set is looked at once in a while, all together. */
    private void podChanged(Workload set, PodView pod, boolean urgent) {
        Duration pause = Duration.ofMillis(set.replicas() / 50);
        if (urgent || pause.isZero()) {
            queue.add(set.key());
        } else {
            queue.addAfter(set.key(), pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        }
    }

    private Result reconcile(Key key) {
        Workload set = sets.lister().get(key.namespace(), key.name());
        if (set == null || set.selector() == null) {
            return Result.DONE;
        }
        boolean upToDate = expectations.areMet(set.uid());
        List<PodView> claimed =
                claims.claim(
                        set,
                        pods.ownedBy(set.uid()),
                        pods.orphans(set.namespace(), set.selector()),
                        pod -> true);
        List<PodView> active = claimed.stream().filter(PodView::isActive).toList();
        ObjectNode tree = set.tree();
        int difference = active.size() - (int) Json.number(tree, 1, "spec", "replicas");
        RuntimeException failure = null;
        if (upToDate && !set.deleting()) {
            failure = replicas.correct(set, tree, active, difference);
        }
        int terminating =
                kind.equals(WorkloadKind.REPLICA_SET)
                        ? (int) claimed.stream().filter(PodView::isTerminating).count()
                        : -1;
        Instant now = context.now();
        ObjectNode status =
                new ReplicaStatus(tree, now).of(active, terminating, difference, failure);
        boolean written = statuses.write(tree, status);
        if (failure != null) {
            return new Result.Retry(String.valueOf(failure.getMessage()));
        }
        return written ? Result.DONE : nextAvailable(tree, active, now);
    }

    private static Result nextAvailable(ObjectNode tree, List<PodView> active, Instant now) {
        long minReady = Json.number(tree, 0, "spec", "minReadySeconds");
        @Nullable Duration next = null;
        for (PodView pod : active) {
            if (pod.isReady() && !pod.isAvailable(minReady, now)) {
                Duration left = pod.availableIn(minReady, now);
                next = next == null || left.compareTo(next) < 0 ? left : next;
            }
        }
        return next == null ? Result.DONE : new Result.RequeueAfter(next);
    }
}
