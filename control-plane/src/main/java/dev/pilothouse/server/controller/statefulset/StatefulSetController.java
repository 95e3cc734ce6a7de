package dev.pilothouse.server.controller.statefulset;

import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.revision.History;
import dev.pilothouse.server.controller.revision.Revision;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the pods of stateful sets, and tells in their status how far they are. */
public final class StatefulSetController implements Component {

    /** Its service account. */
    public static final String NAME = "statefulset-controller";

    /** The volume claims. */
    public static final GroupVersionResource CLAIMS = VolumeClaims.RESOURCE;

    /** The label of controller revisions that their hash goes into. */
    public static final String HASH_LABEL = "controller.kubernetes.io/hash";

    private static final int WORKERS = 5;

    private final ControllerContext context;
    private final Informer<Workload> sets;
    private final Informer<Workload> revisions;
    private final Informer<ObjectMeta> volumes;
    private final Pods pods;
    private final StatusWriter statuses;
    private final Claims claims;
    private final History history;
    private final VolumeClaims volumeClaims;
    private final StatefulPods control;
    private final WorkQueue<Key> queue;
    private final Controller<Key> controller;

    /**
     * A controller that is not started.
     *
     * @param sets all stateful sets
     * @param revisions all controller revisions, with {@link Workload#INDEXES}
     * @param volumes all volume claims
     */
    public StatefulSetController(
            ControllerContext context,
            Informer<Workload> sets,
            Informer<Workload> revisions,
            Informer<ObjectMeta> volumes,
            Pods pods) {
        this.context = context;
        this.sets = sets;
        this.revisions = revisions;
        this.volumes = volumes;
        this.pods = pods;
        this.statuses =
                new StatusWriter(context.client().resource(WorkloadKind.STATEFUL_SET.resource()));
        this.claims = new Claims(context, WorkloadKind.STATEFUL_SET, Pods.RESOURCE);
        this.history = new History(context, WorkloadKind.STATEFUL_SET, revisions, HASH_LABEL);
        this.volumeClaims = new VolumeClaims(context, volumes.lister());
        this.control = new StatefulPods(context, volumeClaims);
        this.queue = context.queue();
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
    }

    @Override
    public void start() {
        sets.addHandler(delta -> queue.add(delta.object().key()));
        pods.addHandler(
                new OwnedPods(
                        WorkloadKind.STATEFUL_SET,
                        sets.lister(),
                        // Pods have names of their own here: one cannot be made twice.
                        new Expectations(context.clock()),
                        (set, pod, urgent) -> queue.add(set.key())));
        var _ =
                CompletableFuture.allOf(
                                sets.synced(), revisions.synced(), volumes.synced(), pods.synced())
                        .thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private Result reconcile(Key key) {
        Workload workload = sets.lister().get(key.namespace(), key.name());
        if (workload == null || workload.selector() == null) {
            return Result.DONE;
        }
        ObjectNode tree = workload.tree();
        StatefulSetState set = new StatefulSetState(tree);
        List<Revision> known = history.of(workload);
        List<PodView> owned =
                claims.claim(
                        workload,
                        pods.ownedBy(workload.uid()),
                        pods.orphans(workload.namespace(), workload.selector()),
                        pod -> set.ordinal(pod.name()) >= 0);
        History.Kept kept = history.keep(workload, tree, known);
        Revision update = kept.revision();
        Revision current = current(set, known, update);
        Instant now = context.now();
        StatefulSetSync sync =
                new StatefulSetSync(
                        control,
                        volumeClaims,
                        context.events(),
                        set,
                        WorkloadKind.STATEFUL_SET.reference(workload.meta()),
                        current,
                        update,
                        owned,
                        now);
        RuntimeException failure = workload.deleting() ? null : attempt(sync);
        boolean written = statuses.write(tree, status(set, sync, current, kept));
        if (failure != null) {
            throw failure;
        }
        history.truncate(set.namespace(), known, live(owned, current, update), set.historyLimit());
        return written ? Result.DONE : nextAvailable(set, owned, now);
    }

    /** The status is to tell how far it got, even when it did not get through. */
    private static @Nullable RuntimeException attempt(StatefulSetSync sync) {
        try {
            sync.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static Revision current(
            StatefulSetState set, List<Revision> known, Revision otherwise) {
        String name = Json.text(set.status(), "currentRevision");
        return known.stream()
                .filter(revision -> revision.name().equals(name))
                .findFirst()
                .orElse(otherwise);
    }

    private static ObjectNode status(
            StatefulSetState set, StatefulSetSync sync, Revision current, History.Kept kept) {
        Revision update = kept.revision();
        int ready = 0;
        int available = 0;
        for (PodView pod : sync.pods()) {
            ready += StatefulSetSync.isRunningAndReady(pod) ? 1 : 0;
            available += sync.isAvailable(pod) ? 1 : 0;
        }
        int updated = sync.countOf(update);
        boolean complete = set.rolls() && updated == set.replicas() && ready == set.replicas();
        ObjectNode status = Json.object();
        status.put("observedGeneration", set.generation());
        status.put("replicas", sync.pods().size());
        count(status, "readyReplicas", ready);
        status.put("availableReplicas", available);
        count(status, "currentReplicas", complete ? updated : sync.countOf(current));
        count(status, "updatedReplicas", updated);
        status.put("currentRevision", complete ? update.name() : current.name());
        status.put("updateRevision", update.name());
        status.put("collisionCount", kept.collisionCount());
        ObjectNode old = set.status();
        if (old != null && old.hasNonNull("conditions")) {
            status.set("conditions", old.get("conditions").deepCopy());
        }
        return status;
    }

    private static void count(ObjectNode status, String field, int value) {
        if (value > 0) {
            status.put(field, value);
        }
    }

    private static Set<String> live(List<PodView> owned, Revision current, Revision update) {
        Set<String> live = new HashSet<>();
        live.add(current.name());
        live.add(update.name());
        owned.forEach(pod -> live.add(pod.label(StatefulPods.REVISION)));
        return live;
    }

    private static Result nextAvailable(StatefulSetState set, List<PodView> owned, Instant now) {
        @Nullable Duration next = null;
        for (PodView pod : owned) {
            Duration left = pod.availableIn(set.minReadySeconds(), now);
            if (StatefulSetSync.isRunningAndReady(pod)
                    && left.isPositive()
                    && (next == null || left.compareTo(next) < 0)) {
                next = left;
            }
        }
        return next == null ? Result.DONE : new Result.RequeueAfter(next);
    }
}
