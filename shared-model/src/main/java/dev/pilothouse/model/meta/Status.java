package dev.pilothouse.model.meta;

import dev.pilothouse.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The meta/v1 Status object: the answer to a failed request, and to some successful ones.
 *
 * @param success whether {@code status} is {@code Success}
 * @param code the HTTP code, 0 to leave it out
 * @param reason machine-readable reason, {@link StatusReason#UNKNOWN} when there is none
 * @param message for people, may be empty
 * @param details what it is about, or null
 * @param continueToken where a list can go on in spite of the failure, empty for nowhere
 */
public record Status(
        boolean success,
        int code,
        StatusReason reason,
        String message,
        @Nullable Details details,
        String continueToken) {

    /**
     * What a Status is about.
     *
     * @param name object name, may be empty
     * @param group API group, may be empty
     * @param kind kind or resource name, may be empty
     * @param uid object uid, may be empty
     * @param causes the causes, may be empty
     * @param retryAfterSeconds 0 when the client shall not retry by itself
     */
    public record Details(
            String name,
            String group,
            String kind,
            String uid,
            List<StatusCause> causes,
            int retryAfterSeconds) {

        /** Copies the list of causes. */
        public Details {
            causes = List.copyOf(causes);
        }

        /** Details that name a resource and an object only. */
        public static Details of(GroupResource resource, String name) {
            return new Details(name, resource.group(), resource.resource(), "", List.of(), 0);
        }
    }

    /** A failure with the reason's usual code. */
    public static Status failure(StatusReason reason, String message, @Nullable Details details) {
        return new Status(false, reason.code(), reason, message, details, "");
    }

    /** A success about an object: the answer to a delete. */
    public static Status success(Details details) {
        return new Status(true, 0, StatusReason.UNKNOWN, "", details, "");
    }

    /** The same with a token by which a list can go on. */
    public Status withContinue(String token) {
        return new Status(success, code, reason, message, details, token);
    }

    /** The JSON object that goes over the wire. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("kind", "Status");
        json.put("apiVersion", "v1");
        putUnlessEmpty(json.putObject("metadata"), "continue", continueToken);
        json.put("status", success ? "Success" : "Failure");
        if (!message.isEmpty()) {
            json.put("message", message);
        }
        if (!reason.text().isEmpty()) {
            json.put("reason", reason.text());
        }
        if (details != null) {
            json.set("details", detailsJson(details));
        }
        if (code != 0) {
            json.put("code", code);
        }
        return json;
    }

    /** Reads a Status object; missing fields become empty. */
    public static Status fromJson(JsonNode json) {
        JsonNode details = json.path("details");
        return new Status(
                Json.text(json, "status").equals("Success"),
                json.path("code").asInt(0),
                StatusReason.of(Json.text(json, "reason")),
                Json.text(json, "message"),
                details.isObject() ? detailsFromJson(details) : null,
                Json.text(json, "metadata", "continue"));
    }

    private static ObjectNode detailsJson(Details details) {
        ObjectNode json = Json.object();
        putUnlessEmpty(json, "name", details.name());
        putUnlessEmpty(json, "group", details.group());
        putUnlessEmpty(json, "kind", details.kind());
        putUnlessEmpty(json, "uid", details.uid());
        if (!details.causes().isEmpty()) {
            var causes = json.putArray("causes");
            for (StatusCause cause : details.causes()) {
                ObjectNode node = causes.addObject();
                putUnlessEmpty(node, "reason", cause.reason());
                putUnlessEmpty(node, "message", cause.message());
                putUnlessEmpty(node, "field", cause.field());
            }
        }
        if (details.retryAfterSeconds() > 0) {
            json.put("retryAfterSeconds", details.retryAfterSeconds());
        }
        return json;
    }

    private static Details detailsFromJson(JsonNode json) {
        List<StatusCause> causes =
                json.path("causes")
                        .valueStream()
                        .map(cause ->
                                new StatusCause(
                                        Json.text(cause, "reason"),
                                        Json.text(cause, "message"),
                                        Json.text(cause, "field")))
                        .toList();
        return new Details(
                Json.text(json, "name"),
                Json.text(json, "group"),
                Json.text(json, "kind"),
                Json.text(json, "uid"),
                causes,
                json.path("retryAfterSeconds").asInt(0));
    }

    private static void putUnlessEmpty(ObjectNode json, String field, String value) {
        if (!value.isEmpty()) {
            json.put(field, value);
        }
    }
}
