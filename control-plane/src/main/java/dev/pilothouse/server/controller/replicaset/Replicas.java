package dev.pilothouse.server.controller.replicaset;

import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.workload.Batches;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Expectations;
import dev.pilothouse.server.controller.workload.Owner;
import dev.pilothouse.server.controller.workload.PodControl;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Pods;
import dev.pilothouse.server.controller.workload.Templates;
import dev.pilothouse.server.controller.workload.Workload;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import dev.pilothouse.server.record.ObjectReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes the pods that are missing and deletes those that are too many. Thread-safe. */
final class Replicas {

    /** More than this are not made or deleted in one go, so that changes of mind are seen. */
    private static final int BURST = 500;

    private final ControllerContext context;
    private final WorkloadKind kind;
    private final Lister<Workload> sets;
    private final Pods pods;
    private final Expectations expectations;
    private final PodControl control;

    Replicas(
            ControllerContext context,
            WorkloadKind kind,
            Lister<Workload> sets,
            Pods pods,
            Expectations expectations) {
        this.context = context;
        this.kind = kind;
        this.sets = sets;
        this.pods = pods;
        this.expectations = expectations;
        this.control = new PodControl(context);
    }

    /**
     * Brings the number of pods nearer to what is wanted.
     *
     * @param difference how many pods there are too many, or negative, too few
     * @return why it could not be done, or null
     */
    @Nullable RuntimeException correct(
            Workload set, ObjectNode tree, List<PodView> active, int difference) {
        if (difference < 0) {
            return create(set, tree, Math.min(-difference, BURST));
        }
        if (difference > 0) {
            DeletionOrder order = new DeletionOrder(related(set, active), context.now());
            return delete(set, order.first(active, Math.min(difference, BURST)));
        }
        return null;
    }

    private @Nullable RuntimeException create(Workload set, ObjectNode tree, int count) {
        ObjectReference about = kind.reference(set.meta());
        ObjectNode pod = Templates.pod(tree.path("spec").path("template"), set.namespace());
        ObjectNode metadata = (ObjectNode) pod.get("metadata");
        metadata.put("generateName", Templates.namePrefix(set.name()));
        metadata.putArray("ownerReferences").add(kind.controllerReference(set.name(), set.uid()));
        expectations.expect(set.uid(), count, List.of());
        Batches.Outcome outcome =
                Batches.slowStart(
                        count,
                        _ -> {
                            try {
                                control.create(pod, about);
                            } catch (ApiException e) {
                                // In a namespace that is going nothing can be made, nor need be.
                                if (!Creation.isInTerminatingNamespace(e)) {
                                    throw e;
                                }
                            }
                        });
        for (int i = outcome.done(); i < count; i++) {
            expectations.created(set.uid());
        }
        return outcome.failure();
    }

    private @Nullable RuntimeException delete(Workload set, List<PodView> surplus) {
        ObjectReference about = kind.reference(set.meta());
        expectations.expect(set.uid(), 0, surplus.stream().map(PodView::uid).toList());
        return Batches.all(
                        surplus.size(),
                        i -> {
                            PodView pod = surplus.get(i);
                            try {
                                if (!control.delete(pod, about)) {
                                    expectations.deleted(set.uid(), pod.uid());
                                }
                            } catch (RuntimeException e) {
                                expectations.deleted(set.uid(), pod.uid());
                                throw e;
                            }
                        })
                .failure();
    }

    /** The pods of all replica sets that have the same managing controller. */
    private List<PodView> related(Workload set, List<PodView> own) {
        Owner owner = set.controller();
        if (owner == null) {
            return own;
        }
        List<PodView> related = new ArrayList<>();
        for (Workload sibling : sets.byIndex(Workload.BY_CONTROLLER, owner.uid())) {
            related.addAll(pods.ownedBy(sibling.uid()));
        }
        return related;
    }
}
