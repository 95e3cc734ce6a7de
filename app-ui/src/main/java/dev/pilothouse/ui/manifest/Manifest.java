package dev.pilothouse.ui.manifest;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.ApiPaths;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.yaml.LongValues;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as the user wants it, and the requests that bring it to the cluster. They are those of
 * kubectl apply --server-side, kubectl replace and kubectl create, with a field manager of our own.
 *
 * @param kind its kind, in the version it is written in
 * @param namespace its namespace, empty outside namespaces
 * @param object the whole object
 */
public record Manifest(Kind kind, String namespace, ObjectNode object) {

    /** Who owns what is applied; shown in managedFields. */
    public static final String MANAGER = "pilothouse";

    private static final List<String> SERVERS =
            List.of(
                    "managedFields",
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "selfLink");

    /**
     * A manifest of an object; null when the cluster has no such kind.
     *
     * @param kinds the kinds of the cluster
     * @param usual the namespace when the object names none
     */
    public static @Nullable Manifest of(ObjectNode object, List<Kind> kinds, String usual) {
        Kind kind = kind(Json.text(object, "apiVersion"), Json.text(object, "kind"), kinds);
        if (kind == null) {
            return null;
        }
        String named = Json.text(object, "metadata", "namespace");
        String namespace = !kind.namespaced() ? "" : named.isEmpty() ? usual : named;
        return new Manifest(kind, namespace, object);
    }

    /** The kind that is meant, in the version that is meant; null for none. */
    public static @Nullable Kind kind(String apiVersion, String kind, List<Kind> kinds) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        return kinds.stream()
                .filter(each -> each.group().equals(group) && each.kind().equals(kind))
                .findFirst()
                .map(each -> new Kind(group, version, each.resource(), kind, each.namespaced()))
                .orElse(null);
    }

    /** The name, empty when the server is to make one. */
    public String name() {
        return Json.text(object, "metadata", "name");
    }

    /** Applies it; with force also what others own. */
    public ApiCall apply(boolean force, boolean dryRun) {
        if (name().isEmpty()) {
            return create(dryRun);
        }
        return new ApiCall(
                "PATCH",
                path() + query(MANAGER, dryRun) + "&force=" + force,
                "application/apply-patch+yaml",
                body());
    }

    /** Puts it in the place of what is there, if that is still what it was made from. */
    public ApiCall replace(String resourceVersion, boolean dryRun) {
        ObjectNode body = body();
        Json.child(body, "metadata").put("resourceVersion", resourceVersion);
        return new ApiCall(
                "PUT", path() + query(MANAGER + "-edit", dryRun), "application/json", body);
    }

    /** Creates it. */
    public ApiCall create(boolean dryRun) {
        return new ApiCall(
                "POST",
                kind.path(namespace) + query(MANAGER + "-create", dryRun),
                "application/json",
                body());
    }

    private ObjectNode body() {
        ObjectNode body = object.deepCopy();
        if (!namespace.isEmpty()) {
            Json.child(body, "metadata").put("namespace", namespace);
        }
        return body;
    }

    private String path() {
        return kind.path(namespace, ApiPaths.segment(name()));
    }

    private static String query(String manager, boolean dryRun) {
        return "?fieldManager="
                + manager
                + "&fieldValidation=Strict"
                + (dryRun ? "&dryRun=All" : "");
    }

    /** What of an object is the user's to edit. */
    public static ObjectNode editable(ObjectNode live) {
        ObjectNode copy = live.deepCopy();
        copy.remove("status");
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            SERVERS.forEach(metadata::remove);
        }
        return copy;
    }

    /** The text in which an object is edited. */
    public static String text(ObjectNode live) {
        return LongValues.write(editable(live));
    }
}
