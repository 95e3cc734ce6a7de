package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The aggregated discovery document. Source: apidiscovery.k8s.io/v2, KEP 3352. */
final class AggregatedDiscovery {

    private AggregatedDiscovery() {}

    /** All resources of these groups. */
    static ObjectNode document(List<ServedGroups.Group> groups) {
        ObjectNode json = Json.object();
        json.put("kind", "APIGroupDiscoveryList");
        json.put("apiVersion", "apidiscovery.k8s.io/v2");
        json.putObject("metadata");
        ArrayNode items = json.putArray("items");
        for (ServedGroups.Group group : groups) {
            ObjectNode item = items.addObject();
            ObjectNode metadata = item.putObject("metadata");
            if (!group.name().isEmpty()) {
                metadata.put("name", group.name());
            }
            metadata.putNull("creationTimestamp");
            ArrayNode versions = item.putArray("versions");
            group.versions().forEach(version -> version(versions.addObject(), version));
        }
        return json;
    }

    private static void version(ObjectNode json, ServedGroups.Version version) {
        json.put("version", version.name());
        ArrayNode resources = json.putArray("resources");
        version.resources().forEach(kind -> resource(resources.addObject(), kind));
        json.put("freshness", "Current");
    }

    private static void resource(ObjectNode json, ResourceKind kind) {
        json.put("resource", kind.resource().resource());
        if (!kind.served().verbs().isEmpty()) {
            responseKind(json, kind.gvk());
        }
        json.put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
        json.put("singularResource", kind.served().singular());
        strings(json, "verbs", kind.served().verbs());
        if (!kind.served().shortNames().isEmpty()) {
            strings(json, "shortNames", kind.served().shortNames());
        }
        if (!kind.served().categories().isEmpty()) {
            strings(json, "categories", kind.served().categories());
        }
        if (!kind.served().subresources().isEmpty()) {
            ArrayNode subresources = json.putArray("subresources");
            for (Subresource sub : kind.served().subresources().values()) {
                ObjectNode node = subresources.addObject();
                node.put("subresource", sub.name());
                responseKind(node, sub.kind());
                strings(node, "verbs", SubresourceVerbs.of(sub));
            }
        }
    }

    private static void responseKind(ObjectNode json, GroupVersionKind kind) {
        ObjectNode node = json.putObject("responseKind");
        node.put("group", kind.group());
        node.put("version", kind.version());
        node.put("kind", kind.kind());
    }

    private static void strings(ObjectNode json, String field, List<String> values) {
        ArrayNode array = json.putArray(field);
        values.forEach(array::add);
    }
}
