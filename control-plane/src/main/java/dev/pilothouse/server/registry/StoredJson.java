package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bytes in which objects are stored: type first, then metadata, then the rest, without a
 * resourceVersion.
 */
final class StoredJson {

    private static final byte[] METADATA = "\"metadata\":{".getBytes(StandardCharsets.UTF_8);

    private StoredJson() {}

    /** Encodes an object; takes the resourceVersion out of it. */
    static byte[] encode(ObjectNode object) {
        ObjectNode metadata = Json.child(object, "metadata");
        metadata.remove("resourceVersion");
        metadata.remove("selfLink");
        ObjectNode ordered = Json.object();
        ordered.set("kind", object.get("kind"));
        ordered.set("apiVersion", object.get("apiVersion"));
        ordered.set("metadata", metadata);
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            ordered.putIfAbsent(entry.getKey(), entry.getValue());
        }
        return Json.bytes(ordered);
    }

    /**
     * The bytes with a resourceVersion put in; for answers to dry runs, which the store never sees.
     */
    static byte[] withRevision(byte[] json, long revision) {
        byte[] field =
                ("\"resourceVersion\":\"" + revision + "\",").getBytes(StandardCharsets.UTF_8);
        int at = indexOf(json) + METADATA.length;
        byte[] result = new byte[json.length + field.length];
        System.arraycopy(json, 0, result, 0, at);
        System.arraycopy(field, 0, result, at, field.length);
        System.arraycopy(json, at, result, at + field.length, json.length - at);
        return result;
    }

    private static int indexOf(byte[] json) {
        search:
        for (int i = 0; i + METADATA.length <= json.length; i++) {
            for (int j = 0; j < METADATA.length; j++) {
                if (json[i + j] != METADATA[j]) {
                    continue search;
                }
            }
            return i;
        }
        throw new IllegalArgumentException("object has no metadata");
    }
}
