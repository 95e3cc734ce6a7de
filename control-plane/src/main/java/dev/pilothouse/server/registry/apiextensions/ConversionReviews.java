package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.webhook.WebhookClient;
import dev.pilothouse.server.webhook.WebhookTargets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has webhooks convert objects. Blocks; thread-safe. Source: apiextensions-apiserver's
 * pkg/apiserver/conversion/webhook_converter.go.
 */
public final class ConversionReviews {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String GROUP = "apiextensions.k8s.io/";

    private final WebhookTargets targets;

    /** Finds webhooks here. */
    public ConversionReviews(WebhookTargets targets) {
        this.targets = targets;
    }

    /**
     * Converts objects, in the same order.
     *
     * @throws ApiException 500 when the webhook cannot be reached, fails, or answers nonsense
     */
    List<ObjectNode> convert(
            ConversionWebhook webhook, List<ObjectNode> objects, GroupVersionKind wanted) {
        ObjectNode first = objects.getFirst();
        String subject =
                "conversion webhook for "
                        + Json.text(first, "apiVersion")
                        + ", Kind="
                        + Json.text(first, "kind");
        String version =
                webhook.reviewVersions().stream()
                        .filter(known -> known.equals("v1") || known.equals("v1beta1"))
                        .findFirst()
                        .orElseThrow(() -> failure("no supported conversion review versions"));
        String uid = UUID.randomUUID().toString();
        ObjectNode response;
        try {
            WebhookClient client = new WebhookClient(Json.text(webhook.clientConfig(), "caBundle"));
            ObjectNode answer =
                    client.post(
                            targets.find(webhook.clientConfig()),
                            review(version, uid, objects, wanted),
                            TIMEOUT);
            response = response(answer, version, uid);
        } catch (IOException e) {
            throw failure(subject + " failed: " + e.getMessage());
        }
        return results(subject, objects, response, wanted);
    }

    private static ObjectNode review(
            String version, String uid, List<ObjectNode> objects, GroupVersionKind wanted) {
        ObjectNode review = Json.object();
        review.put("kind", "ConversionReview").put("apiVersion", GROUP + version);
        ObjectNode request = review.putObject("request");
        request.put("uid", uid).put("desiredAPIVersion", wanted.apiVersion());
        ArrayNode list = request.putArray("objects");
        objects.forEach(list::add);
        return review;
    }

    private static ObjectNode response(ObjectNode answer, String version, String uid)
            throws IOException {
        boolean strict = version.equals("v1");
        String type = Json.text(answer, "apiVersion") + ", Kind=" + Json.text(answer, "kind");
        String expected = GROUP + version + ", Kind=ConversionReview";
        if (strict && !type.equals(expected)) {
            throw new IOException("expected webhook response of " + expected + ", got " + type);
        }
        ObjectNode response = Json.objectAt(answer, "response");
        if (response == null) {
            throw new IOException("no response provided");
        }
        if (strict && !Json.text(response, "uid").equals(uid)) {
            throw new IOException(
                    "expected response.uid=\""
                            + uid
                            + "\", got \""
                            + Json.text(response, "uid")
                            + "\"");
        }
        String status = Json.text(response, "result", "status");
        if (!status.equals("Success")) {
            String message = Json.text(response, "result", "message");
            throw new IOException(
                    message.isEmpty()
                            ? "response.result.status was '" + status + "', not 'Success'"
                            : message);
        }
        return response;
    }

    private static List<ObjectNode> results(
            String subject,
            List<ObjectNode> objects,
            ObjectNode response,
            GroupVersionKind wanted) {
        ArrayNode converted = Json.arrayAt(response, "convertedObjects");
        int count = converted == null ? 0 : converted.size();
        if (converted == null || count != objects.size()) {
            throw failure(subject + " returned " + count + " objects, expected " + objects.size());
        }
        List<ObjectNode> results = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String which = subject + " returned invalid converted object at index " + i + ": ";
            if (!(converted.get(i) instanceof ObjectNode object)) {
                throw failure(which + "not an object");
            }
            check(which, objects.get(i), object, wanted);
            try {
                ConvertedMetadata.restore(objects.get(i), object);
            } catch (IllegalArgumentException e) {
                throw failure(
                        subject
                                + " returned invalid metadata in object at index "
                                + i
                                + ": "
                                + e.getMessage());
            }
            results.add(object);
        }
        return results;
    }

    private static void check(
            String which, ObjectNode original, ObjectNode converted, GroupVersionKind wanted) {
        String version = Json.text(converted, "apiVersion");
        if (!version.equals(wanted.apiVersion())) {
            throw failure(
                    which
                            + "invalid groupVersion (expected "
                            + wanted.apiVersion()
                            + ", received "
                            + version
                            + ")");
        }
        String kind = Json.text(converted, "kind");
        if (!kind.equals(Json.text(original, "kind"))) {
            throw failure(
                    which
                            + "invalid kind (expected "
                            + Json.text(original, "kind")
                            + ", received "
                            + kind
                            + ")");
        }
        same(which, "name", "name", original, converted);
        same(which, "namespace", "namespace", original, converted);
        same(which, "uid", "UID", original, converted);
    }

    private static void same(
            String which, String field, String shown, ObjectNode original, ObjectNode converted) {
        String expected = Json.text(original, "metadata", field);
        String actual = Json.text(converted, "metadata", field);
        if (!expected.equals(actual)) {
            throw failure(
                    which + "must have the same " + shown + ": " + expected + " != " + actual);
        }
    }

    private static ApiException failure(String message) {
        return new ApiException(Status.failure(StatusReason.UNKNOWN, message, null));
    }
}
