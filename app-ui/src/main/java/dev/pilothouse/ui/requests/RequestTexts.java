package dev.pilothouse.ui.requests;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.SentRequest;
import dev.pilothouse.ui.i18n.Texts;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JacksonException;

/** Requests in words. */
final class RequestTexts {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private RequestTexts() {}

    static String time(SentRequest request) {
        return TIME.format(request.at());
    }

    static String status(SentRequest request) {
        if (!request.failure().isEmpty()) {
            return Texts.text("requests.failed");
        }
        return request.status() == 0 ? "\u2026" : String.valueOf(request.status());
    }

    static String duration(SentRequest request) {
        return request.waited().toMillis() + " ms";
    }

    static String bytes(SentRequest request) {
        String size = size(request.bytes());
        return request.isOpen() && request.status() != 0 ? size + " \u2026" : size;
    }

    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1024 * 1024
                ? String.format(Locale.getDefault(), "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.getDefault(), "%.1f MiB", bytes / 1024.0 / 1024.0);
    }

    /** Request line, headers and body, as HTTP writes them. */
    static String whole(SentRequest request) {
        StringBuilder text = new StringBuilder();
        text.append(request.method()).append(' ').append(request.path()).append('\n');
        text.append("Accept: ").append(request.accept()).append('\n');
        if (!request.contentType().isEmpty()) {
            text.append("Content-Type: ").append(request.contentType()).append('\n');
        }
        if (!request.body().isEmpty()) {
            text.append('\n').append(pretty(request.body())).append('\n');
        }
        if (!request.failure().isEmpty()) {
            text.append('\n').append(request.failure()).append('\n');
        }
        return text.toString();
    }

    private static String pretty(String body) {
        try {
            return Json.parse(body).toPrettyString();
        } catch (JacksonException e) {
            // Cut off, or no JSON: as it is.
            return body;
        }
    }
}
