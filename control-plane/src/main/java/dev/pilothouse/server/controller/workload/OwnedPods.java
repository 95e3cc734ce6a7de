package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.DeltaHandler;
import dev.pilothouse.model.informer.Lister;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells the owners of one kind what becomes of their pods, and those that may want to adopt them of
 * pods that nobody manages.
 */
public final class OwnedPods implements DeltaHandler<PodView> {

    private final String kind;
    private final Lister<Workload> owners;
    private final Expectations expectations;
    private final Listener listener;

    /** What to do about the owner of a pod. */
    @FunctionalInterface
    public interface Listener {

        /**
         * A pod of an owner has come, changed or gone.
         *
         * @param pod the pod, as it is now or was last
         * @param urgent whether the owner has waited for this: all that it expected has been seen
         */
        void changed(Workload owner, PodView pod, boolean urgent);
    }

    /**
     * Tells a listener.
     *
     * @param kind the kind of the owners
     * @param expectations learn of pods that have come and gone
     */
    public OwnedPods(
            WorkloadKind kind,
            Lister<Workload> owners,
            Expectations expectations,
            Listener listener) {
        this.kind = kind.kind();
        this.owners = owners;
        this.expectations = expectations;
        this.listener = listener;
    }

    @Override
    public void onDelta(Delta<PodView> delta) {
        switch (delta) {
            case Delta.Added(PodView pod) -> added(pod);
            case Delta.Updated(PodView previous, PodView pod) -> updated(previous, pod);
            case Delta.Deleted(PodView pod) -> gone(pod);
        }
    }

    private void added(PodView pod) {
        if (pod.deleting()) {
            // Seen for the first time after a restart; nobody will wait for it.
            gone(pod);
            return;
        }
        Owner controller = pod.controller();
        if (controller == null) {
            orphaned(pod);
        } else if (controller.kind().equals(kind)) {
            tell(pod, controller, expectations.created(controller.uid()));
        }
    }

    private void updated(PodView previous, PodView pod) {
        Owner before = previous.controller();
        Owner now = pod.controller();
        if (before != null && !before.equals(now)) {
            tell(pod, before, false);
        }
        if (pod.deleting() && !previous.deleting()) {
            gone(pod);
        } else if (now != null) {
            tell(pod, now, false);
        } else if (before != null || !Objects.equals(previous.labels(), pod.labels())) {
            orphaned(pod);
        }
    }

    private void gone(PodView pod) {
        Owner controller = pod.controller();
        if (controller != null && controller.kind().equals(kind)) {
            tell(pod, controller, expectations.deleted(controller.uid(), pod.uid()));
        }
    }

    private void orphaned(PodView pod) {
        for (Workload owner : owners.inNamespace(pod.namespace())) {
            if (owner.selects(pod.labels())) {
                listener.changed(owner, pod, false);
            }
        }
    }

    private void tell(PodView pod, Owner controller, boolean urgent) {
        Workload owner = find(pod.namespace(), controller);
        if (owner != null) {
            listener.changed(owner, pod, urgent);
        }
    }

    private @Nullable Workload find(String namespace, Owner controller) {
        if (!controller.kind().equals(kind)) {
            return null;
        }
        Workload owner = owners.get(namespace, controller.name());
        return owner == null || !owner.uid().equals(controller.uid()) ? null : owner;
    }
}
