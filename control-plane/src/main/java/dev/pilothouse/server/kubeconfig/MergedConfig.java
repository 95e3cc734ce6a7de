package dev.pilothouse.server.kubeconfig;

import dev.pilothouse.model.json.Json;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user's kubeconfig as it should be after the merge.
 *
 * @param root the whole file
 * @param context the name our entries have in it
 */
record MergedConfig(ObjectNode root, String context) {

    /** Marks a cluster entry as ours; kubectl keeps extensions as they are. */
    private static final String EXTENSION = "pilothouse.dev";

    static MergedConfig of(
            ObjectNode present, KubeconfigEntries entries, @Nullable Path dataDirectory) {
        ObjectNode root = present.deepCopy();
        String origin = String.valueOf(dataDirectory);
        String name = freeName(root, entries, origin);
        if (root.isEmpty()) {
            root.put("apiVersion", "v1").put("kind", "Config");
        }
        ObjectNode cluster = body(root, "clusters", name, "cluster");
        cluster.setAll(entries.cluster().deepCopy());
        mark(cluster, origin);
        ObjectNode context = body(root, "contexts", name, "context");
        context.put("cluster", name).put("user", name);
        body(root, "users", name, "user").setAll(entries.user().deepCopy());
        if (Json.text(root, "current-context").isEmpty()) {
            root.put("current-context", name);
        }
        return new MergedConfig(root, name);
    }

    private static String freeName(ObjectNode root, KubeconfigEntries entries, String origin) {
        String name = KubeconfigFile.CONTEXT;
        for (int i = 2; !free(root, name, entries, origin); i++) {
            name = KubeconfigFile.CONTEXT + "-" + i;
        }
        return name;
    }

    /** Whether a name is unused, or used by what an earlier merge from here has written. */
    private static boolean free(
            ObjectNode root, String name, KubeconfigEntries entries, String origin) {
        ObjectNode cluster = entry(root, "clusters", name);
        if (cluster == null) {
            return entry(root, "users", name) == null && entry(root, "contexts", name) == null;
        }
        String authority = Json.text(cluster, "cluster", "certificate-authority-data");
        return authority.equals(Json.text(entries.cluster(), "certificate-authority-data"))
                || origin.equals(origin(cluster));
    }

    private static String origin(ObjectNode clusterEntry) {
        for (ObjectNode extension : Json.objects(clusterEntry, "cluster", "extensions")) {
            if (Json.text(extension, "name").equals(EXTENSION)) {
                return Json.text(extension, "extension", "dataDirectory");
            }
        }
        return "";
    }

    private static void mark(ObjectNode cluster, String origin) {
        ArrayNode extensions =
                cluster.get("extensions") instanceof ArrayNode array
                        ? array
                        : cluster.putArray("extensions");
        ObjectNode ours = null;
        for (JsonNode extension : extensions) {
            if (extension instanceof ObjectNode object
                    && Json.text(object, "name").equals(EXTENSION)) {
                ours = object;
            }
        }
        if (ours == null) {
            ours = extensions.addObject().put("name", EXTENSION);
        }
        ours.set("extension", Json.object().put("dataDirectory", origin));
    }

    /** The object with the content of a named entry, made when it is missing. */
    private static ObjectNode body(ObjectNode root, String list, String name, String field) {
        ObjectNode entry = entry(root, list, name);
        if (entry == null) {
            ArrayNode entries =
                    root.get(list) instanceof ArrayNode array ? array : root.putArray(list);
            entry = entries.addObject().put("name", name);
        }
        return Json.child(entry, field);
    }

    private static @Nullable ObjectNode entry(ObjectNode root, String list, String name) {
        for (ObjectNode entry : Json.objects(root, list)) {
            if (Json.text(entry, "name").equals(name)) {
                return entry;
            }
        }
        return null;
    }
}
