package dev.pilothouse.server.pipeline;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the API's own answers, such as Status and discovery, in the format that the client asked
 * for. Thread-safe.
 */
public interface BodyEncoder {

    /** Whether bodies can be written in this format. JSON always can. */
    boolean supports(ContentFormat format);

    /** The body in a supported format. */
    byte[] encode(ContentFormat format, ObjectNode body);

    /** An encoder that knows JSON only. */
    static BodyEncoder json() {
        return new BodyEncoder() {
            @Override
            public boolean supports(ContentFormat format) {
                return format == ContentFormat.JSON;
            }

            @Override
            public byte[] encode(ContentFormat format, ObjectNode body) {
                return Json.bytes(body);
            }
        };
    }
}
