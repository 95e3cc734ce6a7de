package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.scheme.ResourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a delete comes to, given finalizers and grace. Source: apiserver registry/rest/delete.go and
 * generic/registry.
 */
sealed interface Deletion {

    /** The object goes now. */
    record Remove(ObjectNode last) implements Deletion {}

    /** The object is marked as going away and stays until its finalizers or its node let go. */
    record Mark(ObjectNode marked) implements Deletion {}

    /** It is going away already and this delete changes nothing. */
    record AlreadyGoing() implements Deletion {}

    /** Decides what a delete comes to. */
    static Deletion plan(
            ResourceKind kind,
            ResourceStrategy strategy,
            ObjectNode old,
            DeleteOptions options,
            Instant now) {
        long grace = strategy.gracePeriodSeconds(old, options.gracePeriodSeconds());
        ObjectNode object = old.deepCopy();
        ObjectNode metadata = Json.child(object, "metadata");
        boolean going = metadata.has("deletionTimestamp");
        List<String> finalizers = finalizersFor(options, Finalizers.of(metadata));
        if (!going) {
            strategy.deletionFinalizers().stream()
                    .filter(finalizer -> !finalizers.contains(finalizer))
                    .forEach(finalizers::add);
        }
        Finalizers.set(metadata, finalizers);
        boolean held = !finalizers.isEmpty() || hasNamespaceFinalizers(kind, object);
        if (grace > 0 || held) {
            return mark(kind, strategy, object, old, going, grace, now);
        }
        if (going) {
            metadata.put("deletionGracePeriodSeconds", 0);
        }
        return new Remove(object);
    }

    private static Deletion mark(
            ResourceKind kind,
            ResourceStrategy strategy,
            ObjectNode object,
            ObjectNode old,
            boolean going,
            long grace,
            Instant now) {
        ObjectNode metadata = Json.child(object, "metadata");
        long before = Json.number(metadata, 0, "deletionGracePeriodSeconds");
        if (!going || grace < before) {
            metadata.put("deletionTimestamp", ObjectFactory.timestamp(now.plusSeconds(grace)));
            metadata.put("deletionGracePeriodSeconds", grace);
            if (!going && strategy.tracksGeneration()) {
                metadata.put("generation", Json.number(metadata, 0, "generation") + 1);
            }
        }
        if (isNamespace(kind)) {
            Json.child(object, "status").put("phase", "Terminating");
        }
        return object.equals(old) ? new AlreadyGoing() : new Mark(object);
    }

    /** Whether an update of an object that is going away took the last thing that held it. */
    static boolean isComplete(ResourceKind kind, ObjectNode object, ObjectNode old) {
        JsonNode metadata = object.get("metadata");
        return Json.at(old, "metadata", "deletionTimestamp") != null
                && Json.number(metadata, 0, "deletionGracePeriodSeconds") == 0
                && Finalizers.of((ObjectNode) metadata).isEmpty()
                && !hasNamespaceFinalizers(kind, object);
    }

    private static List<String> finalizersFor(DeleteOptions options, List<String> present) {
        List<String> finalizers = new ArrayList<>(present);
        String propagation = options.effectivePropagation();
        if (!propagation.isEmpty()) {
            finalizers.removeAll(List.of(Finalizers.ORPHAN, Finalizers.FOREGROUND));
        }
        if (propagation.equals("Orphan")) {
            finalizers.add(Finalizers.ORPHAN);
        } else if (propagation.equals("Foreground")) {
            finalizers.add(Finalizers.FOREGROUND);
        }
        return finalizers;
    }

    private static boolean hasNamespaceFinalizers(ResourceKind kind, ObjectNode object) {
        if (!isNamespace(kind)) {
            return false;
        }
        ArrayNode finalizers = Json.arrayAt(object, "spec", "finalizers");
        return finalizers != null && !finalizers.isEmpty();
    }

    private static boolean isNamespace(ResourceKind kind) {
        return kind.storage().group().isEmpty() && kind.storage().resource().equals("namespaces");
    }
}
