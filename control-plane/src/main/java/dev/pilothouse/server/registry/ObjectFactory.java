package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.scheme.ResourceKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The metadata that the server writes: uid, timestamps, generated names, generation. */
final class ObjectFactory {

    /** No vowels, so that no words come about. Source: apimachinery util/rand. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;
    private static final int MAX_NAME = 63;
    private static final List<String> KEPT =
            List.of(
                    "uid",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "generation");

    private final ResourceKind kind;
    private final ResourceStrategy strategy;

    ObjectFactory(ResourceKind kind, ResourceStrategy strategy) {
        this.kind = kind;
        this.strategy = strategy;
    }

    /** Fills in what a new object gets from the server. */
    void complete(ObjectNode object, String namespace, WriteContext context) {
        ObjectNode metadata = Json.child(object, "metadata");
        if (!Json.text(metadata, "resourceVersion").isEmpty()
                && !Json.text(metadata, "resourceVersion").equals("0")) {
            throw ApiException.badRequest(
                    "resourceVersion should not be set on objects to be created");
        }
        metadata.remove(
                List.of(
                        "resourceVersion",
                        "selfLink",
                        "deletionTimestamp",
                        "deletionGracePeriodSeconds",
                        "generation"));
        if (kind.namespaced()) {
            metadata.put("namespace", namespace);
        }
        String base = Json.text(metadata, "generateName");
        if (Json.text(metadata, "name").isEmpty() && !base.isEmpty()) {
            metadata.put("name", generateName(base));
        }
        metadata.put("uid", UUID.randomUUID().toString());
        if (strategy.tracksGeneration()) {
            metadata.put("generation", 1);
        }
        metadata.put("creationTimestamp", timestamp(context.now()));
    }

    /** Gives a changed object the metadata that no client writes. */
    void carryOver(ObjectNode object, ObjectNode old) {
        ObjectNode metadata = Json.child(object, "metadata");
        ObjectNode before = Json.child(old, "metadata");
        for (String field : KEPT) {
            JsonNode value = before.get(field);
            boolean clientMayStateIt = field.equals("uid") || field.equals("creationTimestamp");
            if (value == null) {
                metadata.remove(field);
            } else if (!clientMayStateIt || !metadata.has(field)) {
                metadata.set(field, value);
            }
        }
        metadata.remove("selfLink");
        if (before.has("generateName") && !metadata.has("generateName")) {
            metadata.set("generateName", before.get("generateName"));
        }
        if (before.has("namespace") && !metadata.has("namespace")) {
            metadata.set("namespace", before.get("namespace"));
        }
    }

    /**
     * Gives a built-in kind that has a status an empty one: it is no pointer in Go, so that clients
     * find it in every object.
     */
    void completeStatus(ObjectNode object) {
        FieldSchema status = kind.custom() ? null : kind.type().field("status");
        if (status != null && status.type() instanceof FieldType.Ref type) {
            ObjectNode node = Json.child(object, "status");
            if (type.target().field("loadBalancer") != null) {
                Json.child(node, "loadBalancer");
            }
        }
    }

    /** Counts up metadata.generation when anything but metadata and status has changed. */
    void countGeneration(ObjectNode object, ObjectNode old) {
        if (!strategy.tracksGeneration()) {
            return;
        }
        if (!sameContent(object, old)) {
            Json.child(object, "metadata")
                    .put("generation", Json.number(old, 0, "metadata", "generation") + 1);
        }
    }

    private static boolean sameContent(ObjectNode object, ObjectNode old) {
        for (String field : object.propertyNames()) {
            if (isContent(field) && !object.get(field).equals(old.get(field))) {
                return false;
            }
        }
        for (String field : old.propertyNames()) {
            if (isContent(field) && !object.has(field)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isContent(String field) {
        return !field.equals("metadata")
                && !field.equals("status")
                && !field.equals("kind")
                && !field.equals("apiVersion");
    }

    static String timestamp(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String generateName(String base) {
        String stem =
                base.length() > MAX_NAME - SUFFIX ? base.substring(0, MAX_NAME - SUFFIX) : base;
        StringBuilder name = new StringBuilder(stem);
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
