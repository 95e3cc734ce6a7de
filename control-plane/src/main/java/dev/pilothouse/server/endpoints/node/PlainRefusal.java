package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.request.ApiResponse;
import java.nio.charset.StandardCharsets;

/** A refusal in a kubelet's way: the text by itself, no Status. */
final class PlainRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;

    PlainRefusal(int code, String text) {
        super(text, null, false, false);
        this.code = code;
    }

    ApiResponse answer() {
        return ApiResponse.Body.of(
                code,
                "text/plain; charset=utf-8",
                String.valueOf(getMessage()).getBytes(StandardCharsets.UTF_8));
    }
}
