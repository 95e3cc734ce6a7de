package dev.pilothouse.server.testing;

import dev.pilothouse.model.json.Json;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole answer.
 *
 * @param status HTTP status
 * @param headers its headers
 * @param body its body
 */
public record Answer(int status, HttpHeaders headers, byte[] body) {

    /** The body as a JSON object. */
    public ObjectNode json() {
        return Json.parseObject(body);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Text in the JSON body, empty when it is not there. */
    public String at(String... path) {
        return Json.text(json(), path);
    }

    /** The first value of a header, empty when it is not there. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
