package dev.pilothouse.ui.why;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries a fix out. Changes of a pod are made where its template is: in the controller at the top
 * of its owners, replaced as kubectl replace does; a pod of its own is replaced when the API does
 * not let it be changed, which loses nothing while it has not run. Nodes are changed as kubectl
 * uncordon, taint and label do, pods leave by eviction. Blocks; thread-safe.
 */
final class FixRequests {

    private static final int HIGHEST = 4;

    private final Cluster cluster;
    private final List<Kind> kinds;

    FixRequests(Cluster cluster, List<Kind> kinds) {
        this.cluster = cluster;
        this.kinds = kinds;
    }

    /** Whether a program can do all of it. */
    static boolean canDo(Decision.Fix fix) {
        return !fix.changes().isEmpty()
                && fix.changes().stream()
                        .noneMatch(change -> Json.text(change, "type").equals("ByHand"));
    }

    /**
     * Carries it out.
     *
     * @throws IOException when a request is refused; those before it have been carried out
     */
    void apply(ObjectRef pod, Decision.Fix fix) throws IOException, InterruptedException {
        for (ObjectNode change : fix.changes()) {
            if (!PodChange.isOfPod(change)) {
                other(change);
            }
        }
        List<ObjectNode> ofPod = fix.changes().stream().filter(PodChange::isOfPod).toList();
        if (!ofPod.isEmpty()) {
            changePod(pod, ofPod);
        }
    }

    private void other(ObjectNode change) throws IOException, InterruptedException {
        String node = Json.text(change, "nodeName");
        switch (Json.text(change, "type")) {
            case "Uncordon" -> {
                ObjectNode patch = Json.object();
                patch.putObject("spec").putNull("unschedulable");
                cluster.call(ApiCall.strategic(path("Node", "", node), patch));
            }
            case "RemoveTaint" -> removeTaint(node, change);
            case "SetLabel" -> {
                ObjectNode patch = Json.object();
                ObjectNode labels = patch.putObject("metadata").putObject("labels");
                String key = Json.text(change, "key");
                if (Json.bool(change, "remove")) {
                    labels.putNull(key);
                } else {
                    labels.put(key, Json.text(change, "value"));
                }
                cluster.call(ApiCall.merge(path("Node", "", node), patch));
            }
            case "RemovePods" -> {
                for (ObjectNode each : Json.objects(change, "pods")) {
                    evict(Json.text(each, "namespace"), Json.text(each, "name"));
                }
            }
            default -> throw new IOException(Json.text(change, "description"));
        }
    }

    private void removeTaint(String node, ObjectNode change)
            throws IOException, InterruptedException {
        ObjectNode live = cluster.object(kind("Node"), "", node);
        ArrayNode left = Json.array();
        for (ObjectNode taint : Json.objects(live, "spec", "taints")) {
            boolean same =
                    Json.text(taint, "key").equals(Json.text(change, "key"))
                            && Json.text(taint, "effect").equals(Json.text(change, "effect"));
            if (!same) {
                left.add(taint.deepCopy());
            }
        }
        ObjectNode patch = Json.object();
        patch.putObject("spec").set("taints", left);
        cluster.call(ApiCall.merge(path("Node", "", node), patch));
    }

    private void evict(String namespace, String name) throws IOException, InterruptedException {
        ObjectNode eviction = Json.object().put("apiVersion", "policy/v1").put("kind", "Eviction");
        eviction.putObject("metadata").put("name", name).put("namespace", namespace);
        cluster.call(ApiCall.post(path("Pod", namespace, name) + "/eviction", eviction));
    }

    private void changePod(ObjectRef pod, List<ObjectNode> changes)
            throws IOException, InterruptedException {
        ObjectNode live = cluster.object(pod.kind(), pod.namespace(), pod.name());
        ObjectRef owner = top(pod, live);
        if (owner != null) {
            ObjectNode controller = cluster.object(owner.kind(), owner.namespace(), owner.name());
            ObjectNode template = Json.objectAt(controller, "spec", "template");
            if (template == null) {
                throw new IOException(
                        Texts.text("why.noTemplate", owner.kind().kind(), owner.name()));
            }
            changes.forEach(change -> PodChange.apply(change, template));
            cluster.call(put(owner.path(), controller));
            return;
        }
        changes.forEach(change -> PodChange.apply(change, live));
        if (changes.stream().allMatch(PodChange::isAllowedInPlace)) {
            cluster.call(put(pod.path(), live));
        } else {
            replace(pod, live);
        }
    }

    private void replace(ObjectRef pod, ObjectNode wanted)
            throws IOException, InterruptedException {
        ObjectNode fresh = wanted.deepCopy();
        fresh.remove("status");
        if (fresh.get("metadata") instanceof ObjectNode metadata) {
            for (String field :
                    List.of(
                            "uid",
                            "resourceVersion",
                            "creationTimestamp",
                            "managedFields",
                            "generation",
                            "selfLink")) {
                metadata.remove(field);
            }
        }
        ObjectNode options = Json.object();
        options.put("gracePeriodSeconds", 0);
        options.putObject("preconditions").put("uid", Json.text(wanted, "metadata", "uid"));
        cluster.call(ApiCall.delete(pod.path(), options));
        cluster.call(ApiCall.post(pod.kind().path(pod.namespace()), fresh));
    }

    /** The controller at the top; null when nobody owns the pod. */
    private @Nullable ObjectRef top(ObjectRef pod, ObjectNode live)
            throws IOException, InterruptedException {
        ObjectRef found = null;
        ObjectNode object = live;
        for (int i = 0; i < HIGHEST; i++) {
            ObjectNode owner =
                    Json.objects(object, "metadata", "ownerReferences").stream()
                            .filter(each -> Json.bool(each, "controller"))
                            .findFirst()
                            .orElse(null);
            Kind kind = owner == null ? null : find(Json.text(owner, "kind"));
            if (owner == null || kind == null) {
                return found;
            }
            // What has no template of pods does not decide about them.
            ObjectRef ref = ObjectRef.of(kind, pod.namespace(), Json.text(owner, "name"));
            object = cluster.object(ref.kind(), ref.namespace(), ref.name());
            if (Json.objectAt(object, "spec", "template") == null) {
                return found;
            }
            found = ref;
        }
        return found;
    }

    private static ApiCall put(String path, ObjectNode object) {
        return new ApiCall(
                "PUT", path + "?fieldManager=pilothouse-fix", "application/json", object);
    }

    private String path(String kind, String namespace, String name) throws IOException {
        return kind(kind).path(namespace, name);
    }

    private Kind kind(String name) throws IOException {
        Kind kind = find(name);
        if (kind == null) {
            throw new IOException(Texts.text("why.noKind", name));
        }
        return kind;
    }

    private @Nullable Kind find(String name) {
        return kinds.stream().filter(each -> each.kind().equals(name)).findFirst().orElse(null);
    }
}
