package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing all entries of {@code metadata.managedFields}. */
final class ManagedEntries {

    /** Fields that nobody owns; apimachinery managedfields/internal/stripmeta.go. */
    static final FieldSet NEVER_OWNED =
            FieldSet.fromFieldsV1(
                    Json.parse(
                            """
                            {"f:apiVersion": {}, "f:kind": {}, "f:metadata": {".": {},
                             "f:clusterName": {}, "f:creationTimestamp": {},
                             "f:deletionTimestamp": {}, "f:generation": {}, "f:managedFields": {},
                             "f:name": {}, "f:namespace": {}, "f:resourceVersion": {},
                             "f:selfLink": {}, "f:uid": {}}}
                            """));

    private ManagedEntries() {}

    static @Nullable JsonNode node(@Nullable ObjectNode object) {
        return object == null ? null : object.path("metadata").get("managedFields");
    }

    /** The entries of a stored object. */
    static List<ManagedEntry> stored(@Nullable ObjectNode live) {
        List<ManagedEntry> entries = new ArrayList<>();
        if (node(live) instanceof ArrayNode array) {
            for (JsonNode entry : array) {
                entries.add(ManagedEntry.read(entry));
            }
        }
        return entries;
    }

    /** The entries a client sent; empty when there are none or one of them is not valid. */
    static List<ManagedEntry> sent(@Nullable JsonNode managedFields) {
        List<ManagedEntry> entries = new ArrayList<>();
        if (managedFields instanceof ArrayNode array) {
            try {
                for (JsonNode json : array) {
                    ManagedEntry entry = ManagedEntry.parse(json);
                    entries.removeIf(entry::sameManager);
                    entries.add(entry);
                }
            } catch (ApiException e) {
                // Kubernetes goes on with the stored entries rather than fail the write.
                return List.of();
            }
        }
        return entries;
    }

    /** Whether a client asks for a fresh start by sending {@code []} or {@code [{}]}. */
    static boolean isReset(@Nullable JsonNode managedFields) {
        return managedFields instanceof ArrayNode array
                && (array.isEmpty()
                        || (array.size() == 1
                                && array.get(0).isObject()
                                && array.get(0).isEmpty()));
    }

    static boolean sameButTimes(List<ManagedEntry> a, List<ManagedEntry> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (ManagedEntry entry : a) {
            if (b.stream().noneMatch(entry::sameButTime)) {
                return false;
            }
        }
        return true;
    }

    /** Puts the entries into an object in their order, without those that own nothing. */
    static void write(ObjectNode object, List<ManagedEntry> entries) {
        List<ManagedEntry> sorted = new ArrayList<>(entries);
        sorted.removeIf(ManagedEntry::isEmpty);
        if (sorted.isEmpty()) {
            remove(object);
            return;
        }
        if (sorted.size() > 1) {
            sorted.sort(ManagedEntry.ORDER);
        }
        ArrayNode array = Json.child(object, "metadata").putArray("managedFields");
        for (ManagedEntry entry : sorted) {
            array.add(entry.write());
        }
    }

    static void remove(ObjectNode object) {
        ObjectNode metadata = Json.objectAt(object, "metadata");
        if (metadata != null) {
            metadata.remove("managedFields");
        }
    }
}
