package dev.pilothouse.server.controller.garbage;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.garbage.Owners.Fate;
import dev.pilothouse.server.controller.kinds.ObjectWatch;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes objects all of whose owners are gone; deletes the dependents of owners that wait for
 * them, and then lets the owners go; takes the owner from dependents that shall stay, and then lets
 * it go. Source: pkg/controller/garbagecollector/garbagecollector.go.
 */
public final class GarbageCollector implements Component {

    /** Its service account. */
    public static final String NAME = "generic-garbage-collector";

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
    private static final int WORKERS = 16;

    private final ServedKinds kinds;
    private final ObjectWatch watch;
    private final ObjectActions objects;
    private final Graph graph;
    private final OwnerCheck owners;
    private final WorkQueue<Task> queue;
    private final Controller<Task> controller;
    private final Set<Task> parked = ConcurrentHashMap.newKeySet();

    /** What to do about an object. */
    private sealed interface Task {

        String uid();

        /** See whether it has to go, or can. */
        record Check(String uid) implements Task {}

        /** Take it from its dependents. */
        record Orphan(String uid) implements Task {}
    }

    /**
     * A collector that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param kinds what is served
     * @param watch tells what there is; not started yet
     */
    public GarbageCollector(
            ApiClient client,
            ServedKinds kinds,
            ObjectWatch watch,
            Delays delays,
            InstantSource clock) {
        this.kinds = kinds;
        this.watch = watch;
        this.objects = new ObjectActions(client);
        this.queue = new WorkQueue<>(delays, clock);
        this.graph =
                new Graph(
                        new Graph.Work() {
                            @Override
                            public void check(String uid) {
                                queue.add(new Task.Check(uid));
                            }

                            @Override
                            public void orphan(String uid) {
                                queue.add(new Task.Orphan(uid));
                            }
                        });
        this.owners = new OwnerCheck(kinds, graph, objects);
        this.controller = new Controller<>(NAME, WORKERS, queue, this::reconcile);
        watch.addHandler(graph::apply);
    }

    @Override
    public void start() {
        kinds.onChange(this::unpark);
        // Before all objects are known, dependents would seem to have no owners, and owners no
        // dependents.
        var _ = watch.synced().thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private Result reconcile(Task task) {
        Node node = graph.get(task.uid());
        if (node == null) {
            return Result.DONE;
        }
        return switch (task) {
            case Task.Check _ -> check(task, node);
            case Task.Orphan _ -> orphan(node);
        };
    }

    private Result check(Task task, Node node) {
        if (node.meta().deletingDependents()) {
            return awaitDependents(node);
        }
        if (node.meta().deleting()
                || node.meta().owners().isEmpty()
                || isSettled(task, owners.of(node.meta()))) {
            return Result.DONE;
        }
        ObjectMeta now = objects.find(node.kind(), node.meta().namespace(), node.meta().name());
        if (now == null || !now.uid().equals(node.meta().uid()) || now.deleting()) {
            // The watch is about to tell.
            return Result.DONE;
        }
        Owners fates = owners.of(now);
        return isSettled(task, fates) ? Result.DONE : collect(new Node(node.kind(), now), fates);
    }

    /** Whether nothing is to be done because of these owners, or not yet. */
    private boolean isSettled(Task task, Owners fates) {
        if (fates.any(Fate.INVALID)) {
            LOG.warn(
                    "cluster-scoped object {} names owners in namespaces: {}",
                    task.uid(),
                    fates.of(Fate.INVALID));
            return true;
        }
        if (fates.any(Fate.UNKNOWN)) {
            parked.add(task);
            return true;
        }
        return !fates.any(Fate.DANGLING) && !fates.any(Fate.WAITING);
    }

    private Result collect(Node node, Owners fates) {
        ObjectMeta object = node.meta();
        if (fates.any(Fate.SOLID)) {
            objects.removeOwners(
                    node.kind(),
                    object,
                    owner ->
                            fates.of(Fate.DANGLING).contains(owner)
                                    || fates.of(Fate.WAITING).contains(owner));
            return Result.DONE;
        }
        List<Node> dependents = graph.dependents(object.uid());
        if (fates.any(Fate.WAITING) && !dependents.isEmpty()) {
            if (dependents.stream().anyMatch(dependent -> dependent.meta().deletingDependents())) {
                // A circle: each would wait for the other for ever.
                objects.unblockOwners(node.kind(), object);
                return deleteNow(node, Propagation.FOREGROUND);
            }
            objects.delete(node.kind(), object, Propagation.FOREGROUND);
            return Result.DONE;
        }
        objects.delete(node.kind(), object, propagation(object));
        return Result.DONE;
    }

    /** Deletes an object that this collector has just changed. */
    private Result deleteNow(Node node, Propagation propagation) {
        ObjectMeta now = objects.find(node.kind(), node.meta().namespace(), node.meta().name());
        if (now != null && now.uid().equals(node.meta().uid())) {
            objects.delete(node.kind(), now, propagation);
        }
        return Result.DONE;
    }

    /** Deleting must not override what finalizers say that somebody asked for. */
    private static Propagation propagation(ObjectMeta object) {
        if (object.finalizers().contains(ObjectMeta.ORPHAN_DEPENDENTS)) {
            return Propagation.ORPHAN;
        }
        return object.finalizers().contains(ObjectMeta.FOREGROUND_DELETION)
                ? Propagation.FOREGROUND
                : Propagation.BACKGROUND;
    }

    private Result awaitDependents(Node node) {
        boolean blocked = false;
        for (Node dependent : graph.dependents(node.meta().uid())) {
            if (dependent.blocks(node.meta().uid())) {
                blocked = true;
                if (!dependent.meta().deleting()) {
                    queue.add(new Task.Check(dependent.meta().uid()));
                }
            }
        }
        if (!blocked) {
            objects.removeFinalizer(node.kind(), node.meta(), ObjectMeta.FOREGROUND_DELETION);
        }
        return Result.DONE;
    }

    private Result orphan(Node node) {
        if (!node.meta().orphaningDependents()) {
            return Result.DONE;
        }
        String uid = node.meta().uid();
        for (Node dependent : graph.dependents(uid)) {
            objects.removeOwners(
                    dependent.kind(), dependent.meta(), owner -> owner.uid().equals(uid));
        }
        objects.removeFinalizer(node.kind(), node.meta(), ObjectMeta.ORPHAN_DEPENDENTS);
        return Result.DONE;
    }

    /** Kinds that were not served when their objects were asked for may be served now. */
    private void unpark() {
        for (Task task : parked) {
            parked.remove(task);
            queue.add(task);
        }
    }
}
