package dev.pilothouse.model.client;

import dev.pilothouse.model.client.Transport.Response;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes exceptions of failed answers. */
final class Failures {

    private static final int MAX_TEXT = 2048;

    private Failures() {}

    /** The Status in the body, or one made from the HTTP status where a proxy answered. */
    static ApiException of(Response response) {
        Status status = fromBody(response.body());
        if (status != null) {
            return new ApiException(status);
        }
        String text = new String(response.body(), StandardCharsets.UTF_8).strip();
        if (text.length() > MAX_TEXT) {
            text = text.substring(0, MAX_TEXT);
        }
        return new ApiException(
                new Status(
                        false,
                        response.status(),
                        reason(response.status()),
                        message(response, text),
                        null,
                        ""));
    }

    private static String message(Response response, String text) {
        return text.isEmpty() ? "the server answered with HTTP status " + response.status() : text;
    }

    private static @Nullable Status fromBody(byte[] body) {
        try {
            JsonNode json = Json.parse(body);
            return Json.text(json, "kind").equals("Status") ? Status.fromJson(json) : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    private static StatusReason reason(int code) {
        return switch (code) {
            case 409 -> StatusReason.CONFLICT;
            case 410 -> StatusReason.GONE;
            case 500 -> StatusReason.INTERNAL_ERROR;
            default -> {
                for (StatusReason reason : StatusReason.values()) {
                    if (reason.code() == code) {
                        yield reason;
                    }
                }
                yield StatusReason.UNKNOWN;
            }
        };
    }
}
