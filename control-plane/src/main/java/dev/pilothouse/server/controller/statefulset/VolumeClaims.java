package dev.pilothouse.server.controller.statefulset;

import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Lister;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.model.meta.OwnerReference;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the volume claims of pods of stateful sets, and says by owner references with what they go
 * (KEP-1847): with the set, with a pod that is scaled away, or never. Thread-safe.
 */
final class VolumeClaims {

    /** The claims. */
    static final GroupVersionResource RESOURCE =
            new GroupVersionResource("", "v1", "persistentvolumeclaims");

    private final ResourceClient client;
    private final Lister<ObjectMeta> claims;
    private final EventRecorder events;

    VolumeClaims(ControllerContext context, Lister<ObjectMeta> claims) {
        this.client = context.client().resource(RESOURCE);
        this.claims = claims;
        this.events = context.events();
    }

    /** Makes the claims of a pod that are missing. */
    void create(StatefulSetState set, int ordinal, ObjectReference about) {
        for (ObjectNode template : set.claimTemplates()) {
            String name = set.claimName(template, ordinal);
            ObjectMeta there = claims.get(set.namespace(), name);
            if (there != null && there.deleting()) {
                throw ApiException.conflict(
                        RESOURCE.groupResource(), name, "the claim is being deleted");
            }
            if (there == null) {
                create(set, template, ordinal, name, about);
            }
        }
    }

    /**
     * Sets the owner references of the claims of a pod as the retention policy says.
     *
     * @param pod the pod, or null when it has gone
     */
    void retain(StatefulSetState set, int ordinal, @Nullable PodView pod) {
        for (ObjectNode template : set.claimTemplates()) {
            ObjectMeta claim = claims.get(set.namespace(), set.claimName(template, ordinal));
            if (claim != null && !claim.deleting()) {
                retain(set, ordinal, pod, claim);
            }
        }
    }

    private void create(
            StatefulSetState set,
            ObjectNode template,
            int ordinal,
            String name,
            ObjectReference about) {
        ObjectNode claim = template.deepCopy();
        claim.remove("status");
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode metadata = Json.child(claim, "metadata");
        metadata.put("name", name).put("namespace", set.namespace());
        ObjectNode labels = Json.child(metadata, "labels");
        set.selectorLabels().forEach(labels::put);
        if (goesWithSet(set, ordinal)) {
            metadata.putArray("ownerReferences").add(setReference(set));
        }
        String what = "create Claim " + name;
        String where = "Pod " + set.podName(ordinal) + " in StatefulSet " + set.name();
        try {
            client.create(claim);
            events.normal(about, "SuccessfulCreate", what + " " + where + " success");
        } catch (ApiException e) {
            if (e.reason() == StatusReason.ALREADY_EXISTS) {
                return;
            }
            if (!Creation.isInTerminatingNamespace(e)) {
                events.warning(
                        about,
                        "FailedCreate",
                        what + " for " + where + " failed error: " + e.getMessage());
            }
            throw e;
        }
    }

    private void retain(
            StatefulSetState set, int ordinal, @Nullable PodView pod, ObjectMeta claim) {
        boolean wantsSet = goesWithSet(set, ordinal);
        boolean wantsPod = pod != null && set.deletesClaimsWhenScaled() && !set.wants(ordinal);
        ArrayNode changes = Json.array();
        change(claim, wantsSet, set.uid(), setReference(set), changes);
        if (pod != null) {
            change(claim, wantsPod, pod.uid(), podReference(pod), changes);
        }
        if (changes.isEmpty()) {
            return;
        }
        ObjectNode patch = Json.object();
        ObjectNode metadata = patch.putObject("metadata").put("uid", claim.uid());
        metadata.set("ownerReferences", changes);
        client.patch(claim.namespace(), claim.name(), PatchForm.STRATEGIC, patch);
    }

    private static void change(
            ObjectMeta claim, boolean wanted, String uid, ObjectNode reference, ArrayNode changes) {
        boolean there = claim.owners().stream().map(OwnerReference::uid).anyMatch(uid::equals);
        if (wanted && !there) {
            changes.add(reference);
        } else if (!wanted && there) {
            changes.addObject().put("$patch", "delete").put("uid", uid);
        }
    }

    /** A claim of a pod that is scaled away goes with the pod instead, if it goes at all. */
    private static boolean goesWithSet(StatefulSetState set, int ordinal) {
        return set.deletesClaimsWithSet() && (set.wants(ordinal) || !set.deletesClaimsWhenScaled());
    }

    private static ObjectNode setReference(StatefulSetState set) {
        return WorkloadKind.STATEFUL_SET.controllerReference(set.name(), set.uid());
    }

    private static ObjectNode podReference(PodView pod) {
        return new WorkloadKind(new GroupVersionResource("", "v1", "pods"), "Pod")
                .controllerReference(pod.name(), pod.uid());
    }
}
