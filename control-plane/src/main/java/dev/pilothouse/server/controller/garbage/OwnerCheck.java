package dev.pilothouse.server.controller.garbage;

import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.model.meta.OwnerReference;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.garbage.Owners.Fate;
import dev.pilothouse.server.controller.kinds.ServedKinds;

/**
 * Finds out what has become of owners. An owner in the graph is there; one that is not is asked
 * for, so that nothing is deleted because a watch is behind. Source: isDangling and
 * classifyReferences in pkg/controller/garbagecollector/garbagecollector.go.
 */
final class OwnerCheck {

    private final ServedKinds kinds;
    private final Graph graph;
    private final ObjectActions objects;
    private final AbsentOwners absent = new AbsentOwners();

    OwnerCheck(ServedKinds kinds, Graph graph, ObjectActions objects) {
        this.kinds = kinds;
        this.graph = graph;
        this.objects = objects;
    }

    /** What has become of the owners of an object. */
    Owners of(ObjectMeta dependent) {
        Owners owners = new Owners();
        for (OwnerReference reference : dependent.owners()) {
            owners.add(reference, fate(dependent, reference));
        }
        return owners;
    }

    private Fate fate(ObjectMeta dependent, OwnerReference reference) {
        Node known = graph.get(reference.uid());
        if (known != null && known.isMeantBy(reference, dependent.namespace())) {
            return there(known.meta());
        }
        ApiResource kind = kinds.byKind(reference.gvk().group(), reference.kind());
        if (kind == null) {
            return Fate.UNKNOWN;
        }
        if (kind.namespaced() && dependent.namespace().isEmpty()) {
            return Fate.INVALID;
        }
        return ask(kind, kind.namespaced() ? dependent.namespace() : "", reference);
    }

    private Fate ask(ApiResource kind, String namespace, OwnerReference reference) {
        if (absent.contains(namespace, reference)) {
            return Fate.DANGLING;
        }
        ObjectMeta owner;
        try {
            owner = objects.find(kind, namespace, reference.name());
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return Fate.UNKNOWN;
            }
            throw e;
        }
        if (owner == null || !owner.uid().equals(reference.uid())) {
            absent.add(namespace, reference);
            return Fate.DANGLING;
        }
        return there(owner);
    }

    private static Fate there(ObjectMeta owner) {
        return owner.deletingDependents() ? Fate.WAITING : Fate.SOLID;
    }
}
