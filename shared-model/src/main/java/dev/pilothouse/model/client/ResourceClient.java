package dev.pilothouse.model.client;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of one resource. Namespaces are empty for cluster-scoped resources; subresources are
 * empty for the object itself. All calls throw {@link ApiException} when the server refuses and
 * {@link TransportException} when it cannot be reached. Thread-safe; calls block.
 */
public final class ResourceClient {

    private static final byte[] NO_BODY = {};
    private static final String JSON = "application/json";

    private final ApiClient client;
    private final GroupVersionResource resource;
    private final ObjectForm form;

    ResourceClient(ApiClient client, GroupVersionResource resource, ObjectForm form) {
        this.client = client;
        this.resource = resource;
        this.form = form;
    }

    /** Which resource it is. */
    public GroupVersionResource resource() {
        return resource;
    }

    /** Reads an object. */
    public ObjectNode get(String namespace, String name) {
        return get(namespace, name, "");
    }

    /** Reads an object or a subresource of it. */
    public ObjectNode get(String namespace, String name, String subresource) {
        return call("GET", path(namespace, name, subresource), Map.of(), "", NO_BODY);
    }

    /** Reads objects, one page if the options say so. */
    public ObjectList list(ListOptions options) {
        Transport.Request request =
                ApiClient.request(
                        "GET",
                        path(options.namespace(), "", ""),
                        options.query(),
                        form.listAccept(),
                        "",
                        NO_BODY);
        return ObjectList.of(ApiClient.json(client.send(request)));
    }

    /** Makes an object in the namespace that it names. */
    public ObjectNode create(ObjectNode object) {
        return call(
                "POST",
                path(Json.text(object, "metadata", "namespace"), "", ""),
                Map.of(),
                JSON,
                Json.bytes(object));
    }

    /** Makes a subresource of an object, such as a binding or an eviction. */
    public ObjectNode create(String namespace, String name, String subresource, ObjectNode body) {
        return call("POST", path(namespace, name, subresource), Map.of(), JSON, Json.bytes(body));
    }

    /** Replaces an object; it must still have the revision it names, if any. */
    public ObjectNode update(ObjectNode object) {
        return update(object, "");
    }

    /** Replaces an object through one of its subresources, such as {@code status}. */
    public ObjectNode update(ObjectNode object, String subresource) {
        JsonNode metadata = object.path("metadata");
        String path =
                path(Json.text(metadata, "namespace"), Json.text(metadata, "name"), subresource);
        return call("PUT", path, Map.of(), JSON, Json.bytes(object));
    }

    /** Changes an object. */
    public ObjectNode patch(String namespace, String name, PatchForm type, JsonNode patch) {
        return patch(namespace, name, "", type, patch);
    }

    /** Changes an object through one of its subresources. */
    public ObjectNode patch(
            String namespace, String name, String subresource, PatchForm type, JsonNode patch) {
        return call(
                "PATCH",
                path(namespace, name, subresource),
                Map.of(),
                type.mediaType(),
                Json.bytes(patch));
    }

    /**
     * Makes or changes an object by server-side apply.
     *
     * @param manager the field manager
     * @param force whether fields of other managers are taken over
     */
    public ObjectNode apply(ObjectNode configuration, String manager, boolean force) {
        JsonNode metadata = configuration.path("metadata");
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("fieldManager", List.of(manager));
        query.put("force", List.of(Boolean.toString(force)));
        return call(
                "PATCH",
                path(Json.text(metadata, "namespace"), Json.text(metadata, "name"), ""),
                query,
                PatchForm.APPLY.mediaType(),
                Json.bytes(configuration));
    }

    /** Deletes an object; the answer is the object as it is now, or a Status. */
    public ObjectNode delete(String namespace, String name, DeleteOptions options) {
        return call(
                "DELETE", path(namespace, name, ""), Map.of(), JSON, Json.bytes(options.toJson()));
    }

    /** Deletes all objects that are selected. */
    public void deleteCollection(ListOptions selection, DeleteOptions options) {
        // The answer repeats every object; nothing but its first byte is of use.
        client.send(
                ApiClient.request(
                        "DELETE",
                        path(selection.namespace(), "", ""),
                        selection.query(),
                        form.listAccept(),
                        JSON,
                        Json.bytes(options.toJson())));
    }

    /** Starts a watch; the caller closes it. */
    public Watch watch(WatchOptions options) {
        return new Watch(
                client.open(
                        ApiClient.request(
                                "GET",
                                path(options.selection().namespace(), "", ""),
                                options.query(),
                                form.accept(),
                                "",
                                NO_BODY)),
                options.withoutManagers());
    }

    private ObjectNode call(
            String method, String path, Map<String, List<String>> query, String type, byte[] body) {
        return ApiClient.json(
                client.send(ApiClient.request(method, path, query, form.accept(), type, body)));
    }

    private String path(String namespace, String name, String subresource) {
        StringBuilder path = new StringBuilder();
        path.append(resource.group().isEmpty() ? "/api/" : "/apis/" + resource.group() + "/");
        path.append(resource.version());
        if (!namespace.isEmpty()) {
            path.append("/namespaces/").append(namespace);
        }
        path.append('/').append(resource.resource());
        if (!name.isEmpty()) {
            path.append('/').append(name);
        }
        if (!subresource.isEmpty()) {
            path.append('/').append(subresource);
        }
        return path.toString();
    }
}
