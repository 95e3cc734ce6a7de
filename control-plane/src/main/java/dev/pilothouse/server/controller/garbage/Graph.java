package dev.pilothouse.server.controller.garbage;

import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.model.meta.OwnerReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to whom, by uid, as the watches tell it. Only objects that own, or are owned, cost
 * more than their place in a map. Thread-safe.
 *
 * <p>Unlike kube-controller-manager's graph this one has no nodes for owners that were never seen:
 * that an owner is not in the graph is reason enough to have the dependent checked, and what a
 * check says of an owner is remembered in {@link AbsentOwners}. Source of the rules:
 * pkg/controller/garbagecollector/graph_builder.go.
 */
final class Graph {

    private final Work work;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Set<String>> dependents = new HashMap<>();

    /**
     * What changes of the graph ask for; called with the graph locked, so it must only take notes.
     */
    interface Work {
        /** Something about the owners or dependents of an object has changed. */
        void check(String uid);

        /** An object is to be deleted without its dependents. */
        void orphan(String uid);
    }

    Graph(Work work) {
        this.work = work;
    }

    /** Takes in what a watch tells. */
    synchronized void apply(ApiResource kind, Delta<ObjectMeta> delta) {
        switch (delta) {
            case Delta.Added<ObjectMeta>(ObjectMeta object) -> put(new Node(kind, object));
            case Delta.Updated<ObjectMeta>(ObjectMeta previous, ObjectMeta object) -> {
                // The same name, but another object: its end was missed while the watch was broken.
                if (!previous.uid().equals(object.uid())) {
                    remove(previous.uid());
                }
                put(new Node(kind, object));
            }
            case Delta.Deleted<ObjectMeta>(ObjectMeta object) -> remove(object.uid());
        }
    }

    /** The object of that uid, or null. */
    synchronized @Nullable Node get(String uid) {
        return nodes.get(uid);
    }

    /** The objects that name that uid as an owner. */
    synchronized List<Node> dependents(String uid) {
        List<Node> found = new ArrayList<>();
        for (String dependent : dependents.getOrDefault(uid, Set.of())) {
            Node node = nodes.get(dependent);
            if (node != null) {
                found.add(node);
            }
        }
        return found;
    }

    private void put(Node node) {
        String uid = node.meta().uid();
        Node previous = nodes.put(uid, node);
        if (previous == null) {
            node.meta().owners().forEach(owner -> link(uid, owner));
            disputed(node);
            checkUnlessSolid(node);
        } else if (!previous.meta().owners().equals(node.meta().owners())) {
            previous.meta().owners().forEach(owner -> unlink(uid, owner));
            node.meta().owners().forEach(owner -> link(uid, owner));
            unblocked(previous, node);
            checkUnlessSolid(node);
        }
        begins(previous, node);
    }

    private void remove(String uid) {
        Node node = nodes.remove(uid);
        if (node == null) {
            return;
        }
        node.meta().owners().forEach(owner -> unlink(uid, owner));
        dependents.getOrDefault(uid, Set.of()).forEach(work::check);
        node.meta().owners().forEach(this::checkIfWaiting);
    }

    /**
     * Has an object checked when one of its owners is unknown, is not the one meant, or waits for
     * it to go.
     */
    private void checkUnlessSolid(Node node) {
        for (OwnerReference reference : node.meta().owners()) {
            Node owner = nodes.get(reference.uid());
            if (owner == null
                    || !owner.isMeantBy(reference, node.meta().namespace())
                    || owner.meta().deletingDependents()) {
                work.check(node.meta().uid());
                checkIfWaiting(reference);
            }
        }
    }

    /** Objects may have named this one as an owner before it was seen, and wrongly. */
    private void disputed(Node owner) {
        for (Node dependent : dependents(owner.meta().uid())) {
            for (OwnerReference reference : dependent.meta().owners()) {
                if (reference.uid().equals(owner.meta().uid())
                        && !owner.isMeantBy(reference, dependent.meta().namespace())) {
                    work.check(dependent.meta().uid());
                }
            }
        }
    }

    /** Owners may have been waiting for an object that no longer holds them up. */
    private void unblocked(Node previous, Node node) {
        for (OwnerReference reference : previous.meta().owners()) {
            if (reference.blocksOwnerDeletion() && !node.blocks(reference.uid())) {
                checkIfWaiting(reference);
            }
        }
    }

    private void checkIfWaiting(OwnerReference reference) {
        Node owner = nodes.get(reference.uid());
        if (owner != null && owner.meta().deletingDependents()) {
            work.check(reference.uid());
        }
    }

    private void begins(@Nullable Node previous, Node node) {
        String uid = node.meta().uid();
        if (node.meta().orphaningDependents()
                && (previous == null || !previous.meta().orphaningDependents())) {
            work.orphan(uid);
        } else if (node.meta().deletingDependents()
                && (previous == null || !previous.meta().deletingDependents())) {
            dependents.getOrDefault(uid, Set.of()).forEach(work::check);
            work.check(uid);
        }
    }

    private void link(String uid, OwnerReference owner) {
        dependents.computeIfAbsent(owner.uid(), _ -> new HashSet<>(4)).add(uid);
    }

    private void unlink(String uid, OwnerReference owner) {
        Set<String> set = dependents.get(owner.uid());
        if (set != null) {
            set.remove(uid);
            if (set.isEmpty()) {
                dependents.remove(owner.uid());
            }
        }
    }
}
