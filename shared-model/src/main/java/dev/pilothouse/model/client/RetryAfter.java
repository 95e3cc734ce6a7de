package dev.pilothouse.model.client;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a server wants a request sent again. Source: client-go's rest/with_retry.go. */
final class RetryAfter {

    private RetryAfter() {}

    /** After how long to send the request again, or null not to. */
    static @Nullable Duration of(int status, Map<String, String> headers) {
        String value = headers.getOrDefault("retry-after", "");
        if ((status != 429 && status < 500) || value.isEmpty()) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Integer.parseInt(value.strip())));
        } catch (NumberFormatException _) {
            // A date: nothing in the Kubernetes world sends one, and client-go ignores it.
            return null;
        }
    }
}
