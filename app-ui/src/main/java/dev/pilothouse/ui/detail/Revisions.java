package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.yaml.LongValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a workload was before. The requests that go back are those of kubectl rollout undo: a JSON
 * patch of the template for Deployments, the stored patch for StatefulSets and DaemonSets.
 */
final class Revisions {

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String CAUSE = "kubernetes.io/change-cause";
    private static final String HASH = "pod-template-hash";
    private static final List<String> NOT_COPIED =
            List.of(
                    "kubectl.kubernetes.io/last-applied-configuration",
                    REVISION,
                    "deployment.kubernetes.io/revision-history",
                    "deployment.kubernetes.io/desired-replicas",
                    "deployment.kubernetes.io/max-replicas",
                    "deprecated.deployment.rollback.to");

    private Revisions() {}

    /**
     * One state.
     *
     * @param number as kubectl counts
     * @param created when it came, as RFC 3339
     * @param cause what the user said about it; may be empty
     * @param template the text of its pod template
     * @param undo the request that goes back to it
     */
    record Revision(long number, String created, String cause, String template, ApiCall undo) {}

    static boolean has(ObjectRef ref) {
        return List.of("Deployment", "StatefulSet", "DaemonSet").contains(ref.kind().kind());
    }

    /** The number in words of the API, empty for none. */
    static String number(ObjectNode object) {
        return Json.text(object, "metadata", "annotations", REVISION);
    }

    /** All states, the newest first. */
    static List<Revision> of(DetailData data) {
        List<Revision> revisions = new ArrayList<>();
        if (data.ref().kind().kind().equals("Deployment")) {
            for (ObjectNode set : data.owned("replicasets")) {
                if (number(set).matches("\\d{1,18}")) {
                    revisions.add(ofSet(data, set));
                }
            }
        } else {
            for (ObjectNode stored : data.owned("controllerrevisions")) {
                revisions.add(ofRevision(data, stored));
            }
        }
        revisions.sort(Comparator.comparingLong(Revision::number).reversed());
        return revisions;
    }

    private static Revision ofSet(DetailData data, ObjectNode set) {
        ObjectNode found = Json.objectAt(set, "spec", "template");
        ObjectNode template = found == null ? Json.object() : found.deepCopy();
        if (Json.objectAt(template, "metadata", "labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        ArrayNode patch = Json.array();
        ObjectNode first = patch.addObject().put("op", "replace").put("path", "/spec/template");
        first.set("value", template.deepCopy());
        ObjectNode annotations = Json.object();
        Json.stringMap(data.object(), "metadata", "annotations")
                .forEach((key, value) -> {
                    if (NOT_COPIED.contains(key)) {
                        annotations.put(key, value);
                    }
                });
        Json.stringMap(set, "metadata", "annotations")
                .forEach((key, value) -> {
                    if (!NOT_COPIED.contains(key)) {
                        annotations.put(key, value);
                    }
                });
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/annotations")
                .set("value", annotations);
        return new Revision(
                Long.parseLong(number(set)),
                Json.text(set, "metadata", "creationTimestamp"),
                Json.text(set, "metadata", "annotations", CAUSE),
                text(template),
                ApiCall.jsonPatch(data.ref().path(), patch));
    }

    private static Revision ofRevision(DetailData data, ObjectNode stored) {
        ObjectNode found = Json.objectAt(stored, "data");
        ObjectNode patch = found == null ? Json.object() : found.deepCopy();
        ObjectNode template = Json.objectAt(patch, "spec", "template");
        ObjectNode shown = template == null ? Json.object() : template.deepCopy();
        shown.remove("$patch");
        return new Revision(
                Json.number(stored, 0, "revision"),
                Json.text(stored, "metadata", "creationTimestamp"),
                Json.text(stored, "metadata", "annotations", CAUSE),
                text(shown),
                ApiCall.strategic(data.ref().path(), patch));
    }

    private static String text(ObjectNode template) {
        return LongValues.write(template);
    }
}
