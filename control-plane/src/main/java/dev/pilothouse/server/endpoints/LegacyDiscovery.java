package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersion;
import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The unaggregated discovery documents. Source: meta/v1 types, apiserver endpoints/discovery. */
final class LegacyDiscovery {

    private LegacyDiscovery() {}

    /** {@code /api}. */
    static ObjectNode apiVersions(String serverAddress) {
        ObjectNode json = Json.object();
        json.put("kind", "APIVersions");
        json.putArray("versions").add("v1");
        ObjectNode address = json.putArray("serverAddressByClientCIDRs").addObject();
        address.put("clientCIDR", "0.0.0.0/0");
        address.put("serverAddress", serverAddress);
        return json;
    }

    /** {@code /apis}. */
    static ObjectNode groupList(List<ServedGroups.Group> groups) {
        ObjectNode json = Json.object();
        json.put("kind", "APIGroupList");
        json.put("apiVersion", "v1");
        ArrayNode array = json.putArray("groups");
        for (ServedGroups.Group group : groups) {
            if (!group.name().isEmpty()) {
                fill(array.addObject(), group);
            }
        }
        return json;
    }

    /** {@code /apis/{group}}. */
    static ObjectNode group(ServedGroups.Group group) {
        ObjectNode json = Json.object();
        json.put("kind", "APIGroup");
        json.put("apiVersion", "v1");
        fill(json, group);
        return json;
    }

    private static void fill(ObjectNode json, ServedGroups.Group group) {
        json.put("name", group.name());
        ArrayNode versions = json.putArray("versions");
        group.versions().forEach(version -> version(versions.addObject(), version));
        version(json.putObject("preferredVersion"), group.preferred());
    }

    private static void version(ObjectNode json, ServedGroups.Version version) {
        json.put("groupVersion", version.groupVersion().apiVersion());
        json.put("version", version.name());
    }

    /** {@code /api/v1} and {@code /apis/{group}/{version}}. */
    static ObjectNode resourceList(ServedGroups.Version version) {
        ObjectNode json = Json.object();
        json.put("kind", "APIResourceList");
        if (!version.groupVersion().group().isEmpty()) {
            json.put("apiVersion", "v1");
        }
        json.put("groupVersion", version.groupVersion().apiVersion());
        TreeMap<String, ObjectNode> sorted = new TreeMap<>();
        for (ResourceKind kind : version.resources()) {
            if (!kind.served().verbs().isEmpty()) {
                sorted.put(kind.resource().resource(), resource(kind));
            }
            for (Subresource sub : kind.served().subresources().values()) {
                String name = kind.resource().resource() + "/" + sub.name();
                sorted.put(name, subresource(kind, sub, name));
            }
        }
        json.putArray("resources").addAll(sorted.values());
        return json;
    }

    private static ObjectNode resource(ResourceKind kind) {
        ObjectNode json = Json.object();
        json.put("name", kind.resource().resource());
        json.put("singularName", kind.served().singular());
        json.put("namespaced", kind.namespaced());
        json.put("kind", kind.served().kind());
        strings(json, "verbs", kind.served().verbs());
        if (!kind.served().shortNames().isEmpty()) {
            strings(json, "shortNames", kind.served().shortNames());
        }
        if (!kind.served().categories().isEmpty()) {
            strings(json, "categories", kind.served().categories());
        }
        if (kind.served().verbs().contains("list")) {
            json.put("storageVersionHash", StorageVersionHash.of(kind));
        }
        return json;
    }

    private static ObjectNode subresource(ResourceKind kind, Subresource sub, String name) {
        ObjectNode json = Json.object();
        json.put("name", name);
        json.put("singularName", "");
        json.put("namespaced", kind.namespaced());
        GroupVersion own = new GroupVersion(sub.kind().group(), sub.kind().version());
        if (!own.equals(kind.resource().groupVersion())) {
            json.put("group", own.group());
            json.put("version", own.version());
        }
        json.put("kind", sub.kind().kind());
        strings(json, "verbs", SubresourceVerbs.of(sub));
        return json;
    }

    private static void strings(ObjectNode json, String field, List<String> values) {
        ArrayNode array = json.putArray(field);
        values.forEach(array::add);
    }
}
