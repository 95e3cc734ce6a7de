package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of an object and of those around it. Immutable as long as nobody changes the trees.
 *
 * @param ref the object
 * @param object as the cluster has it
 * @param related objects around it, by resource such as {@code pods} or {@code replicasets}
 * @param kinds the kinds of the cluster
 * @param now the time to which ages refer
 */
record DetailData(
        ObjectRef ref,
        ObjectNode object,
        Map<String, List<ObjectNode>> related,
        List<Kind> kinds,
        Instant now) {

    List<ObjectNode> related(String resource) {
        return related.getOrDefault(resource, List.of());
    }

    /** What a pod uses, as metrics.k8s.io says; empty when it does not. */
    ObjectNode usage(String uid) {
        return related(Feed.USAGE).stream()
                .filter(each -> Json.text(each, "uid").equals(uid))
                .findFirst()
                .orElseGet(Json::object);
    }

    /** Those that the object owns. */
    List<ObjectNode> owned(String resource) {
        String uid = uid();
        return related(resource).stream().filter(each -> isOwner(uid, each)).toList();
    }

    static boolean isOwner(String uid, ObjectNode object) {
        return Json.objects(object, "metadata", "ownerReferences").stream()
                .anyMatch(owner -> Json.text(owner, "uid").equals(uid));
    }

    String uid() {
        return Json.text(object, "metadata", "uid");
    }

    /** Names an object of this namespace; null when the cluster has no such kind. */
    @Nullable ObjectRef link(String kind, String name) {
        return link(kind, ref.namespace(), name);
    }

    @Nullable ObjectRef link(String kind, String namespace, String name) {
        return name.isEmpty()
                ? null
                : kinds.stream()
                        .filter(each -> each.kind().equals(kind))
                        .findFirst()
                        .map(each -> ObjectRef.of(each, each.namespaced() ? namespace : "", name))
                        .orElse(null);
    }

    /** Names one of the objects around. */
    @Nullable ObjectRef link(ObjectNode of) {
        return link(
                Json.text(of, "kind"),
                Json.text(of, "metadata", "namespace"),
                Json.text(of, "metadata", "name"));
    }
}
