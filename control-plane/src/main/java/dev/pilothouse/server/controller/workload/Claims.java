package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings an owner's dependents in line with its selector: takes what it selects and nobody manages,
 * lets go what it manages and does not select. Thread-safe. Source:
 * pkg/controller/controller_ref_manager.go.
 */
public final class Claims {

    private final ResourceClient owners;
    private final ResourceClient dependents;
    private final WorkloadKind kind;

    /**
     * Claims under the name of the context's controller.
     *
     * @param kind the kind of the owners
     * @param dependents what is claimed
     */
    public Claims(ControllerContext context, WorkloadKind kind, GroupVersionResource dependents) {
        this.owners = context.client().resource(kind.resource());
        this.dependents = context.client().resource(dependents);
        this.kind = kind;
    }

    /**
     * Claims dependents.
     *
     * @param owned what the owner manages
     * @param orphans what nobody manages, with labels that match
     * @param eligible what else must hold of a dependent, besides the owner's selector
     * @return what the owner manages now
     */
    public <T extends Claimable> List<T> claim(
            Workload owner, List<T> owned, List<T> orphans, Predicate<T> eligible) {
        List<T> claimed = new ArrayList<>(owned.size());
        for (T dependent : owned) {
            if (owner.selects(dependent.labels()) && eligible.test(dependent)) {
                claimed.add(dependent);
            } else if (!owner.deleting()) {
                release(owner, dependent);
            }
        }
        boolean mayAdopt = false;
        for (T dependent : orphans) {
            if (owner.deleting() || dependent.deleting() || !eligible.test(dependent)) {
                continue;
            }
            if (!mayAdopt) {
                checkAlive(owner);
                mayAdopt = true;
            }
            if (adopt(owner, dependent)) {
                claimed.add(dependent);
            }
        }
        return claimed;
    }

    /** Takes a dependent; false when it has gone. */
    private boolean adopt(Workload owner, Claimable dependent) {
        ObjectNode patch = Json.object();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", dependent.uid());
        metadata.putArray("ownerReferences")
                .add(kind.controllerReference(owner.name(), owner.uid()));
        try {
            dependents.patch(dependent.namespace(), dependent.name(), PatchForm.STRATEGIC, patch);
            return true;
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void release(Workload owner, Claimable dependent) {
        ObjectNode patch = Json.object();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", dependent.uid());
        metadata.putArray("ownerReferences")
                .addObject()
                .put("$patch", "delete")
                .put("uid", owner.uid());
        try {
            dependents.patch(dependent.namespace(), dependent.name(), PatchForm.STRATEGIC, patch);
        } catch (ApiException e) {
            // It has gone, or another one has its name: nothing is left to let go.
            if (e.reason() != StatusReason.NOT_FOUND
                    && e.reason() != StatusReason.INVALID
                    && e.reason() != StatusReason.CONFLICT) {
                throw e;
            }
        }
    }

    /** What is known of the owner may be out of date: an owner that is going takes nothing. */
    private void checkAlive(Workload owner) {
        ObjectNode fresh = owners.get(owner.namespace(), owner.name());
        if (!Json.text(fresh, "metadata", "uid").equals(owner.uid())) {
            throw ApiException.conflict(
                    kind.resource().groupResource(), owner.name(), "the uid has changed");
        }
        if (Json.at(fresh, "metadata", "deletionTimestamp") != null) {
            throw ApiException.conflict(
                    kind.resource().groupResource(), owner.name(), "it is being deleted");
        }
    }
}
