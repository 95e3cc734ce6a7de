package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiPaths;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which objects around one are to be followed. */
final class Relations {

    private Relations() {}

    /**
     * Some objects.
     *
     * @param resource the plural of their kind
     * @param kind their kind
     * @param namespace only of this one; empty for all
     * @param query which of them
     */
    record Follow(String resource, String kind, String namespace, String query) {}

    static List<Follow> of(ObjectRef ref, ObjectNode object) {
        List<Follow> follows = new ArrayList<>();
        String namespace = ref.namespace();
        // Events about nodes come from their kubelets, which call them by name.
        boolean node = ref.kind().kind().equals("Node");
        String uid = node ? ref.name() : Json.text(object, "metadata", "uid");
        follows.add(
                new Follow(
                        "events",
                        "Event",
                        namespace,
                        "fieldSelector=" + ApiPaths.parameter("involvedObject.uid=" + uid)));
        String selector = selector(object);
        switch (ref.kind().kind()) {
            case "Deployment" -> {
                add(follows, "replicasets", "ReplicaSet", namespace, selector);
                add(follows, "pods", "Pod", namespace, selector);
            }
            case "StatefulSet", "DaemonSet" -> {
                add(follows, "controllerrevisions", "ControllerRevision", namespace, selector);
                add(follows, "pods", "Pod", namespace, selector);
            }
            case "ReplicaSet", "Job", "ReplicationController" ->
                    add(follows, "pods", "Pod", namespace, selector);
            case "CronJob" -> follows.add(new Follow("jobs", "Job", namespace, ""));
            case "Service" -> {
                follows.add(
                        new Follow(
                                "endpointslices",
                                "EndpointSlice",
                                namespace,
                                "labelSelector="
                                        + ApiPaths.parameter(
                                                "kubernetes.io/service-name=" + ref.name())));
            }
            case "Node" ->
                    follows.add(
                            new Follow(
                                    "pods",
                                    "Pod",
                                    "",
                                    "fieldSelector="
                                            + ApiPaths.parameter("spec.nodeName=" + ref.name())));
            case "ConfigMap", "Secret", "PersistentVolumeClaim" ->
                    follows.add(new Follow("pods", "Pod", namespace, ""));
            case "ServiceAccount" -> {
                follows.add(new Follow("pods", "Pod", namespace, ""));
                bindings(follows, "");
                follows.add(new Follow("roles", "Role", "", ""));
                follows.add(new Follow("clusterroles", "ClusterRole", "", ""));
            }
            case "Role", "ClusterRole" -> bindings(follows, namespace);
            case "RoleBinding", "ClusterRoleBinding" -> {
                String query =
                        "fieldSelector="
                                + ApiPaths.parameter(
                                        "metadata.name=" + Json.text(object, "roleRef", "name"));
                follows.add(
                        Json.text(object, "roleRef", "kind").equals("Role")
                                ? new Follow("roles", "Role", namespace, query)
                                : new Follow("clusterroles", "ClusterRole", "", query));
            }
            default -> {}
        }
        if (ref.kind().kind().equals("Pod")) {
            // What its variables come from; secrets are read only when the user asks.
            follows.add(new Follow("configmaps", "ConfigMap", namespace, ""));
        }
        return follows;
    }

    private static void bindings(List<Follow> follows, String namespace) {
        follows.add(new Follow("rolebindings", "RoleBinding", namespace, ""));
        if (namespace.isEmpty()) {
            follows.add(new Follow("clusterrolebindings", "ClusterRoleBinding", "", ""));
        }
    }

    private static void add(
            List<Follow> follows, String resource, String kind, String namespace, String selector) {
        if (!selector.isEmpty()) {
            follows.add(
                    new Follow(
                            resource,
                            kind,
                            namespace,
                            "labelSelector=" + ApiPaths.parameter(selector)));
        }
    }

    /** The labels that the object selects by, as in a request. */
    static String selector(ObjectNode object) {
        JsonNode selector = Json.at(object, "spec", "selector");
        if (selector == null) {
            return "";
        }
        StringJoiner joined = new StringJoiner(",");
        boolean plain = !selector.has("matchLabels") && !selector.has("matchExpressions");
        Json.stringMap(selector, plain ? new String[0] : new String[] {"matchLabels"})
                .forEach((key, value) -> joined.add(key + "=" + value));
        for (ObjectNode expression : Json.objects(selector, "matchExpressions")) {
            String key = Json.text(expression, "key");
            StringJoiner values = new StringJoiner(",", "(", ")");
            expression.path("values").forEach(value -> values.add(value.asString("")));
            switch (Json.text(expression, "operator")) {
                case "In" -> joined.add(key + " in " + values);
                case "NotIn" -> joined.add(key + " notin " + values);
                case "Exists" -> joined.add(key);
                default -> joined.add("!" + key);
            }
        }
        return joined.toString();
    }
}
