package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.tokens.TokenClaims.Bound;
import dev.pilothouse.server.tokens.TokenClaims.Reference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the object that a token shall be bound to. Source:
 * pkg/registry/core/serviceaccount/storage/token.go.
 */
final class TokenBinding {

    private final Storage storage;

    TokenBinding(Storage storage) {
        this.storage = storage;
    }

    /**
     * What a boundObjectRef names.
     *
     * @param reference the reference, null for none
     * @param namespace namespace of the service account
     * @param account its name
     * @throws ApiException when the object is not there, is another one, or cannot be bound to
     */
    Bound resolve(@Nullable JsonNode reference, String namespace, String account) {
        if (reference == null) {
            return Bound.NONE;
        }
        GroupVersionKind kind =
                GroupVersionKind.of(
                        Json.text(reference, "apiVersion"), Json.text(reference, "kind"));
        String name = Json.text(reference, "name");
        String target = kind.group().isEmpty() ? kind.kind() : "";
        return switch (target) {
            case "Pod" -> pod(get("pods", namespace, name), account, reference);
            case "Secret" ->
                    new Bound(null, matching(get("secrets", namespace, name), reference), null);
            case "Node" -> new Bound(null, null, matching(get("nodes", "", name), reference));
            default ->
                    throw ApiException.badRequest(
                            "cannot bind token to object of type "
                                    + kind.group()
                                    + "/"
                                    + kind.version()
                                    + ", Kind="
                                    + kind.kind());
        };
    }

    private Bound pod(ObjectNode pod, String account, JsonNode reference) {
        if (!account.equals(Json.text(pod, "spec", "serviceAccountName"))) {
            throw ApiException.badRequest(
                    "cannot bind token for serviceaccount \""
                            + account
                            + "\" to pod running with different serviceaccount name.");
        }
        String nodeName = Json.text(pod, "spec", "nodeName");
        return new Bound(
                matching(pod, reference), null, nodeName.isEmpty() ? null : node(nodeName));
    }

    /** The node of a pod, without uid when it has gone. */
    private Reference node(String name) {
        StoredObject stored = storage.get(new ObjectKey(new GroupResource("", "nodes"), "", name));
        String uid =
                stored == null ? "" : Json.text(Json.parseObject(stored.json()), "metadata", "uid");
        return new Reference(name, uid);
    }

    private ObjectNode get(String resource, String namespace, String name) {
        GroupResource group = new GroupResource("", resource);
        StoredObject stored = storage.get(new ObjectKey(group, namespace, name));
        if (stored == null) {
            throw ApiException.notFound(group, name);
        }
        return Json.parseObject(stored.json());
    }

    private static Reference matching(ObjectNode object, JsonNode reference) {
        String uid = Json.text(object, "metadata", "uid");
        String wanted = Json.text(reference, "uid");
        String name = Json.text(object, "metadata", "name");
        if (!wanted.isEmpty() && !wanted.equals(uid)) {
            throw ApiException.conflict(
                    new GroupResource("", Json.text(reference, "kind")),
                    name,
                    "the UID in the bound object reference ("
                            + wanted
                            + ") does not match the UID in record. The object might be deleted and"
                            + " then recreated");
        }
        return new Reference(name, uid);
    }
}
