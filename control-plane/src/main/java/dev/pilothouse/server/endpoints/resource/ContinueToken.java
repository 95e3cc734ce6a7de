package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a list goes on. Opaque to clients.
 *
 * @param revision the revision of the whole list; -1 to go on at the newest, inconsistently
 * @param namespace namespace of the last object sent
 * @param name its name
 */
record ContinueToken(long revision, String namespace, String name) {

    /** Reads a token; 400 when it is not one of ours. */
    static ContinueToken parse(String token) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(token);
            JsonNode node = Json.parse(json);
            if (node instanceof ObjectNode object
                    && Json.text(object, "v").equals("meta.k8s.io/v1")
                    && object.has("rv")) {
                return new ContinueToken(
                        Json.number(object, 0, "rv"),
                        Json.text(object, "ns"),
                        Json.text(object, "n"));
            }
        } catch (IllegalArgumentException | JacksonException _) {
            // falls through to the answer below
        }
        throw ApiException.badRequest("continue key is not valid: unrecognized token");
    }

    /** The text that clients send back. */
    String encode() {
        ObjectNode json = Json.object();
        json.put("v", "meta.k8s.io/v1");
        json.put("rv", revision);
        json.put("ns", namespace);
        json.put("n", name);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.string(json).getBytes(StandardCharsets.UTF_8));
    }
}
