package dev.pilothouse.model.client;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a server what it serves. Source: KEP-3352 aggregated discovery, stable since Kubernetes
 * 1.30.
 */
public final class Discovery {

    private static final String ACCEPT =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final ApiClient client;

    /** Asks through this client. */
    public Discovery(ApiClient client) {
        this.client = client;
    }

    /**
     * What a server serves.
     *
     * @param resources every resource in every version, groups and versions in the server's order
     *     of preference
     * @param stale groups and versions of which the server itself does not know enough now
     */
    public record Result(List<ApiResource> resources, List<String> stale) {}

    /** Every resource that is served now. */
    public Result resources() {
        List<ApiResource> found = new ArrayList<>();
        List<String> stale = new ArrayList<>();
        for (String path : List.of("/api", "/apis")) {
            for (ObjectNode group : Json.objects(client.get(path, ACCEPT), "items")) {
                String name = Json.text(group, "metadata", "name");
                for (ObjectNode version : Json.objects(group, "versions")) {
                    read(name, version, found, stale);
                }
            }
        }
        return new Result(List.copyOf(found), List.copyOf(stale));
    }

    private static void read(
            String group, ObjectNode json, List<ApiResource> found, List<String> stale) {
        String version = Json.text(json, "version");
        if (Json.text(json, "freshness").equals("Stale")) {
            stale.add(group.isEmpty() ? version : group + "/" + version);
        }
        for (ObjectNode resource : Json.objects(json, "resources")) {
            found.add(
                    new ApiResource(
                            new GroupVersionResource(
                                    group, version, Json.text(resource, "resource")),
                            new GroupVersionKind(
                                    Json.text(resource, "responseKind", "group"),
                                    Json.text(resource, "responseKind", "version"),
                                    Json.text(resource, "responseKind", "kind")),
                            Json.text(resource, "scope").equals("Namespaced"),
                            texts(Json.arrayAt(resource, "verbs"))));
        }
    }

    private static List<String> texts(@Nullable ArrayNode array) {
        List<String> texts = new ArrayList<>();
        if (array != null) {
            array.forEach(text -> texts.add(text.asString("")));
        }
        return texts;
    }
}
