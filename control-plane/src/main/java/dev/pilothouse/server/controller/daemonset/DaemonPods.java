package dev.pilothouse.server.controller.daemonset;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.workload.Batches;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.Expectations;
import dev.pilothouse.server.controller.workload.PodControl;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.record.ObjectReference;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes and deletes the pods of daemon sets. Thread-safe. */
final class DaemonPods {

    private static final int BURST = 250;

    private final PodControl control;
    private final Expectations expectations;

    DaemonPods(ControllerContext context, Expectations expectations) {
        this.control = new PodControl(context);
        this.expectations = expectations;
    }

    /** Does what is to be done, as much as goes at once; the rest comes with the next look. */
    void apply(DaemonSetState set, String hash, Placement.Changes changes, ObjectReference about) {
        List<String> create = changes.create().subList(0, Math.min(BURST, changes.create().size()));
        List<PodView> delete =
                changes.delete().subList(0, Math.min(BURST, changes.delete().size()));
        if (create.isEmpty() && delete.isEmpty()) {
            return;
        }
        expectations.expect(set.uid(), create.size(), delete.stream().map(PodView::uid).toList());
        ObjectNode pod = set.pod(hash);
        Batches.Outcome created =
                Batches.slowStart(
                        create.size(),
                        i -> create(DaemonSetState.onNode(pod, create.get(i)), about));
        for (int i = created.done(); i < create.size(); i++) {
            expectations.created(set.uid());
        }
        Batches.Outcome deleted =
                Batches.all(delete.size(), i -> delete(set, delete.get(i), about));
        created.rethrow();
        deleted.rethrow();
    }

    private void create(ObjectNode pod, ObjectReference about) {
        try {
            control.create(pod, about);
        } catch (ApiException e) {
            if (!Creation.isInTerminatingNamespace(e)) {
                throw e;
            }
        }
    }

    private void delete(DaemonSetState set, PodView pod, ObjectReference about) {
        try {
            if (!control.delete(pod, about)) {
                expectations.deleted(set.uid(), pod.uid());
            }
        } catch (RuntimeException e) {
            expectations.deleted(set.uid(), pod.uid());
            throw e;
        }
    }
}
