package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request that changes something, exactly as it is sent: what the window does, any client can
 * do.
 *
 * @param method the HTTP method
 * @param path path and query
 * @param contentType the form of the body, empty without one
 * @param body the body, or null
 */
public record ApiCall(String method, String path, String contentType, @Nullable JsonNode body) {

    private static final String JSON = "application/json";

    /** Creates an object. */
    public static ApiCall post(String path, ObjectNode body) {
        return new ApiCall("POST", path, JSON, body);
    }

    /** Changes an object by a JSON merge patch. */
    public static ApiCall merge(String path, ObjectNode patch) {
        return new ApiCall("PATCH", path, "application/merge-patch+json", patch);
    }

    /** Changes an object by a strategic merge patch. */
    public static ApiCall strategic(String path, ObjectNode patch) {
        return new ApiCall("PATCH", path, "application/strategic-merge-patch+json", patch);
    }

    /** Changes an object by a JSON patch. */
    public static ApiCall jsonPatch(String path, ArrayNode patch) {
        return new ApiCall("PATCH", path, "application/json-patch+json", patch);
    }

    /** Deletes an object. */
    public static ApiCall delete(String path, ObjectNode options) {
        return new ApiCall("DELETE", path, JSON, options);
    }

    /** The body as it is sent; empty when there is none. */
    public byte[] bytes() {
        return body == null ? new byte[0] : Json.bytes(body);
    }
}
