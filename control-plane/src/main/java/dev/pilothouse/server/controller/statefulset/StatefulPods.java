package dev.pilothouse.server.controller.statefulset;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.revision.Revision;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.PodTrait;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Pods;
import dev.pilothouse.server.controller.workload.Templates;
import dev.pilothouse.server.controller.workload.WorkloadKind;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, corrects and deletes the pods of stateful sets. Thread-safe. */
final class StatefulPods {

    static final String REVISION = "controller-revision-hash";
    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private final ResourceClient pods;
    private final VolumeClaims claims;
    private final EventRecorder events;

    StatefulPods(ControllerContext context, VolumeClaims claims) {
        this.pods = context.client().resource(Pods.RESOURCE);
        this.claims = claims;
        this.events = context.events();
    }

    /** Makes the claims of a pod that are missing, and the pod. */
    void create(StatefulSetState set, Revision revision, int ordinal, ObjectReference about) {
        claims.create(set, ordinal, about);
        String name = set.podName(ordinal);
        try {
            pods.create(describe(set, revision, ordinal));
        } catch (ApiException e) {
            // What exists already will be seen soon.
            if (e.reason() != StatusReason.ALREADY_EXISTS
                    && !Creation.isInTerminatingNamespace(e)) {
                events.warning(about, "FailedCreate", failed("create Pod " + name + " in", set, e));
            }
            throw e;
        }
        events.normal(
                about,
                "SuccessfulCreate",
                "create Pod " + name + " in StatefulSet " + set.name() + " successful");
    }

    /** Deletes a pod, unless another one has its name by now. */
    void delete(StatefulSetState set, PodView pod, ObjectReference about) {
        try {
            pods.delete(pod.namespace(), pod.name(), DeleteOptions.DEFAULT.only(pod.uid(), ""));
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND || e.reason() == StatusReason.CONFLICT) {
                return;
            }
            events.warning(
                    about, "FailedDelete", failed("delete Pod " + pod.name() + " in", set, e));
            throw e;
        }
        events.normal(
                about,
                "SuccessfulDelete",
                "delete Pod " + pod.name() + " in StatefulSet " + set.name() + " successful");
    }

    /** Gives an adopted pod the labels of its place, and the claims that are missing. */
    void correct(StatefulSetState set, PodView pod, int ordinal, ObjectReference about) {
        boolean labelled =
                pod.label(POD_NAME).equals(pod.name())
                        && pod.label(POD_INDEX).equals(Integer.toString(ordinal));
        if (!hasClaims(set, pod, ordinal)) {
            claims.create(set, ordinal, about);
        }
        claims.retain(set, ordinal, pod);
        if (labelled) {
            return;
        }
        ObjectNode patch = Json.object();
        ObjectNode labels = patch.putObject("metadata").put("uid", pod.uid()).putObject("labels");
        labels.put(POD_NAME, pod.name());
        labels.put(POD_INDEX, Integer.toString(ordinal));
        pods.patch(pod.namespace(), pod.name(), PatchForm.MERGE, patch);
        events.normal(
                about,
                "SuccessfulUpdate",
                "update Pod " + pod.name() + " in StatefulSet " + set.name() + " successful");
    }

    private static boolean hasClaims(StatefulSetState set, PodView pod, int ordinal) {
        if (!(pod.trait() instanceof PodTrait.OfStatefulSet(Map<String, String> mounted))) {
            return true;
        }
        for (ObjectNode template : set.claimTemplates()) {
            String claim = mounted.get(Json.text(template, "metadata", "name"));
            if (!set.claimName(template, ordinal).equals(claim)) {
                return false;
            }
        }
        return true;
    }

    private static ObjectNode describe(StatefulSetState set, Revision revision, int ordinal) {
        ObjectNode pod = Templates.pod(revision.template(), set.namespace());
        String name = set.podName(ordinal);
        ObjectNode metadata = Json.child(pod, "metadata");
        metadata.put("name", name);
        ObjectNode labels = Json.child(metadata, "labels");
        labels.put(POD_NAME, name);
        labels.put(POD_INDEX, Integer.toString(ordinal));
        labels.put(REVISION, revision.name());
        metadata.putArray("ownerReferences")
                .add(WorkloadKind.STATEFUL_SET.controllerReference(set.name(), set.uid()));
        ObjectNode spec = Json.child(pod, "spec");
        spec.put("hostname", name);
        if (!set.serviceName().isEmpty()) {
            spec.put("subdomain", set.serviceName());
        }
        volumes(set, ordinal, spec);
        return pod;
    }

    /** A claim's volume takes the place of one of its name in the template. */
    private static void volumes(StatefulSetState set, int ordinal, ObjectNode spec) {
        if (set.claimTemplates().isEmpty()) {
            return;
        }
        Map<String, String> claims = new HashMap<>();
        ArrayNode volumes = Json.array();
        for (ObjectNode template : set.claimTemplates()) {
            String volume = Json.text(template, "metadata", "name");
            String claim = set.claimName(template, ordinal);
            claims.put(volume, claim);
            volumes.addObject()
                    .put("name", volume)
                    .putObject("persistentVolumeClaim")
                    .put("claimName", claim);
        }
        for (ObjectNode volume : Json.objects(spec, "volumes")) {
            if (!claims.containsKey(Json.text(volume, "name"))) {
                volumes.add(volume);
            }
        }
        spec.set("volumes", volumes);
    }

    private static String failed(String what, StatefulSetState set, ApiException e) {
        return what + " StatefulSet " + set.name() + " failed error: " + e.getMessage();
    }
}
