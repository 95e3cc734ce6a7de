package dev.pilothouse.server.controller.daemonset;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.daemonset.Placement.Changes;
import dev.pilothouse.server.controller.revision.History;
import dev.pilothouse.server.controller.revision.Revision;
import dev.pilothouse.server.controller.workload.Claims;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Expectations;
import dev.pilothouse.server.controller.workload.Key;
import dev.pilothouse.server.controller.workload.OwnedPods;
import dev.pilothouse.server.controller.workload.PodPhase;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Pods;
import dev.pilothouse.server.controller.workload.StatusWriter;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import dev.pilothouse.server.record.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Keeps a pod of every daemon set on every node that fits, and replaces old ones bit by bit. */
public final class DaemonSetController implements Component {

    /** Its service account. */
    public static final String NAME = "daemon-set-controller";

    /** The nodes. */
    public static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");

    private static final int WORKERS = 2;

    /** Nodes and pods often change many at a time; daemon sets look at all of them together. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ControllerContext context;
    private final Informer<Workload> sets;
    private final Informer<Workload> revisions;
    private final Informer<NodeView> nodes;
    private final Pods pods;
    private final StatusWriter statuses;
    private final Claims claims;
    private final History history;
    private final Expectations expectations;
    private final DaemonPods control;
    private final FailureBackoff backoff = new FailureBackoff();
    private final WorkQueue<Key> queue;
    private final Controller<Key> controller;

    /**
     * A controller that is not started.
     *
     * @param sets all daemon sets
     * @param revisions all controller revisions, with {@link Workload#INDEXES}
     * @param nodes all nodes
     */
    public DaemonSetController(
            ControllerContext context,
            Informer<Workload> sets,
            Informer<Workload> revisions,
            Informer<NodeView> nodes,
            Pods pods) {
        this.context = context;
        this.sets = sets;
        this.revisions = revisions;
        this.nodes = nodes;
        this.pods = pods;
        this.statuses =
                new StatusWriter(context.client().resource(WorkloadKind.DAEMON_SET.resource()));
        this.claims = new Claims(context, WorkloadKind.DAEMON_SET, Pods.RESOURCE);
        this.history =
                new History(context, WorkloadKind.DAEMON_SET, revisions, DaemonSetState.HASH);
        this.expectations = new Expectations(context.clock());
        this.control = new DaemonPods(context, expectations);
        this.queue = context.queue();
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        sets.addHandler(this::setChanged);
        nodes.addHandler(_ -> {
            for (Workload set : sets.lister().all()) {
                queue.addAfter(set.key(), PAUSE);
            }
        });
        pods.addHandler(
                new OwnedPods(
                        WorkloadKind.DAEMON_SET, sets.lister(), expectations, this::podChanged));
        var _ =
                CompletableFuture.allOf(
                                sets.synced(), revisions.synced(), nodes.synced(), pods.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private void setChanged(Delta<Workload> delta) {
        if (delta instanceof Delta.Deleted<Workload>) {
            expectations.forget(delta.object().uid());
        }
        queue.add(delta.object().key());
    }

    private void podChanged(Workload set, PodView pod, boolean urgent) {
        if (urgent) {
            queue.add(set.key());
        } else {
            queue.addAfter(set.key(), PAUSE);
        }
    }

    private Result reconcile(Key key) {
        Workload workload = sets.lister().get(key.namespace(), key.name());
        if (workload == null) {
            return Result.DONE;
        }
        ObjectReference about = WorkloadKind.DAEMON_SET.reference(workload.meta());
        if (workload.selector() == null) {
            context.events()
                    .warning(
                            about,
                            "SelectingAll",
                            "This daemon set is selecting all pods. A non-empty selector is"
                                    + " required.");
            return Result.DONE;
        }
        if (workload.deleting()) {
            return Result.DONE;
        }
        ObjectNode tree = workload.tree();
        DaemonSetState set = new DaemonSetState(tree);
        List<Revision> known = history.of(workload);
        History.Kept kept = history.keep(workload, tree, known);
        String hash = kept.revision().label(DaemonSetState.HASH);
        Instant now = context.now();
        List<PodView> owned = claimed(workload);
        Placement placement = new Placement(set, hash, nodes.lister().all(), owned, now);
        @Nullable Duration wait = null;
        RuntimeException failure = null;
        if (expectations.areMet(set.uid())) {
            List<PodView> ended = new ArrayList<>();
            wait = ended(set, placement.ended(), hash, about, now, ended);
            failure = correct(set, hash, placement, ended, about);
        }
        boolean written = statuses.write(tree, placement.status(collisions(set, kept)));
        if (failure != null) {
            throw failure;
        }
        history.truncate(set.namespace(), known, live(known, kept, placement), set.historyLimit());
        return written ? Result.DONE : later(set, owned, now, wait);
    }

    private List<PodView> claimed(Workload workload) {
        return claims.claim(
                workload,
                pods.ownedBy(workload.uid()),
                workload.selector() == null
                        ? List.of()
                        : pods.orphans(workload.namespace(), workload.selector()),
                pod -> true);
    }

    /** The status is to tell how far it got, even when it did not get through. */
    private @Nullable RuntimeException correct(
            DaemonSetState set,
            String hash,
            Placement placement,
            List<PodView> ended,
            ObjectReference about) {
        try {
            Changes changes = placement.missingAndSurplus();
            List<PodView> delete = new ArrayList<>(changes.delete());
            delete.addAll(ended);
            control.apply(set, hash, new Changes(changes.create(), delete), about);
            if (set.rolls() && expectations.areMet(set.uid())) {
                control.apply(set, hash, placement.roll(), about);
            }
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Which ended pods to delete now. Returns how long others have to wait, null for none. */
    private @Nullable Duration ended(
            DaemonSetState set,
            List<PodView> ended,
            String hash,
            ObjectReference about,
            Instant now,
            List<PodView> delete) {
        @Nullable Duration shortest = null;
        for (PodView pod : ended) {
            String which = pod.namespace() + "/" + pod.name() + " on node " + pod.node();
            if (pod.phase() == PodPhase.SUCCEEDED) {
                context.events()
                        .normal(
                                about,
                                "SucceededDaemonPod",
                                "Found succeeded daemon pod " + which + ", will try to delete it");
                delete.add(pod);
                continue;
            }
            Duration wait = backoff.next(set.uid() + "/" + hash + "/" + pod.node(), now);
            if (wait.isZero()) {
                context.events()
                        .warning(
                                about,
                                "FailedDaemonPod",
                                "Found failed daemon pod " + which + ", will try to kill it");
                delete.add(pod);
            } else if (shortest == null || wait.compareTo(shortest) < 0) {
                shortest = wait;
            }
        }
        return shortest;
    }

    private static @Nullable Integer collisions(DaemonSetState set, History.Kept kept) {
        boolean noted = Json.at(set.status(), "collisionCount") != null;
        return noted || kept.collisionCount() > 0 ? kept.collisionCount() : null;
    }

    private static Set<String> live(List<Revision> known, History.Kept kept, Placement placement) {
        Set<String> hashes = placement.hashes();
        Set<String> live =
                known.stream()
                        .filter(revision -> hashes.contains(revision.label(DaemonSetState.HASH)))
                        .map(Revision::name)
                        .collect(Collectors.toSet());
        live.add(kept.revision().name());
        return live;
    }

    private static Result later(
            DaemonSetState set, List<PodView> owned, Instant now, @Nullable Duration wait) {
        @Nullable Duration next = wait;
        for (PodView pod : owned) {
            Duration left = pod.availableIn(set.minReadySeconds(), now);
            if (pod.isReady() && left.isPositive() && (next == null || left.compareTo(next) < 0)) {
                next = left;
            }
        }
        return next == null ? Result.DONE : new Result.RequeueAfter(next);
    }
}
