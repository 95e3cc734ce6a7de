package dev.pilothouse.ui.schema;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of a cluster's kinds. The document of a group and version is read when a kind of it
 * is first asked for; its address in the index of /openapi/v3 carries a hash, so a document is read
 * again only when it has changed. Thread-safe.
 */
public final class Schemas {

    private static final String KINDS = "x-kubernetes-group-version-kind";

    private final Cluster cluster;
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<String, ObjectNode> documents = new HashMap<>();
    private final Map<String, ObjectNode> known = new ConcurrentHashMap<>();
    private volatile @Nullable JsonNode index;

    /** Of one cluster; reads nothing yet. */
    public Schemas(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * What is already known of a kind, without asking the server; null when it has not been read.
     *
     * @param apiVersion such as {@code apps/v1}
     */
    public @Nullable FieldSchema known(String apiVersion, String kind) {
        ObjectNode document = known.get(apiVersion);
        return document == null ? null : find(document, apiVersion, kind);
    }

    /**
     * The schema of a kind; blocks when it is not known yet. Null when the server has none for it.
     *
     * @param apiVersion such as {@code apps/v1}
     * @throws IOException when the server does not answer; the message is a sentence for people
     */
    public @Nullable FieldSchema read(String apiVersion, String kind)
            throws IOException, InterruptedException {
        FieldSchema schema = known(apiVersion, kind);
        if (schema != null) {
            return schema;
        }
        reading.lockInterruptibly();
        try {
            ObjectNode document = document(apiVersion);
            return document == null ? null : find(document, apiVersion, kind);
        } finally {
            reading.unlock();
        }
    }

    /** Forgets the addresses of documents, as when kinds have come or changed. */
    public void refresh() {
        index = null;
        known.clear();
    }

    private @Nullable ObjectNode document(String apiVersion)
            throws IOException, InterruptedException {
        String path = apiVersion.contains("/") ? "apis/" + apiVersion : "api/" + apiVersion;
        String url = address(path);
        if (url.isEmpty()) {
            // A group that came after the index was read.
            index = null;
            url = address(path);
        }
        if (url.isEmpty()) {
            return null;
        }
        ObjectNode document = documents.get(url);
        if (document == null) {
            document = get(url);
            documents.keySet().removeIf(old -> old.startsWith("/openapi/v3/" + path + "?"));
            documents.put(url, document);
        }
        known.put(apiVersion, document);
        return document;
    }

    private String address(String path) throws IOException, InterruptedException {
        JsonNode addresses = index;
        if (addresses == null) {
            addresses = get("/openapi/v3");
            index = addresses;
        }
        return Json.text(addresses, "paths", path, "serverRelativeURL");
    }

    private ObjectNode get(String path) throws IOException, InterruptedException {
        return cluster.call(new ApiCall("GET", path, "", null));
    }

    private static @Nullable FieldSchema find(ObjectNode document, String apiVersion, String kind) {
        ObjectNode schemas = Json.objectAt(document, "components", "schemas");
        if (schemas == null) {
            return null;
        }
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        for (Map.Entry<String, JsonNode> named : schemas.properties()) {
            // Kinds that every group has, such as DeleteOptions, have a list of many.
            for (ObjectNode one : Json.objects(named.getValue(), KINDS)) {
                if (Json.text(one, "kind").equals(kind)
                        && Json.text(one, "group").equals(group)
                        && Json.text(one, "version").equals(version)
                        && named.getValue() instanceof ObjectNode schema) {
                    return new FieldSchema(schemas, schema);
                }
            }
        }
        return null;
    }
}
