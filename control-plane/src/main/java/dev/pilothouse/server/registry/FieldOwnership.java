package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.patch.ManagedFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Records who set which fields, in the version that the client speaks. */
final class FieldOwnership {

    private final Conversions conversions;

    FieldOwnership(Conversions conversions) {
        this.conversions = conversions;
    }

    /** Brings {@code metadata.managedFields} of a written object up to date. */
    void record(@Nullable ObjectNode old, ObjectNode object, WriteContext context) {
        if (context.kind().custom() || !context.kind().needsConversion()) {
            recordIn(old, object, context);
            return;
        }
        ObjectNode servedOld =
                old == null ? null : conversions.toServed(context.kind(), old.deepCopy());
        ObjectNode served = conversions.toServed(context.kind(), object.deepCopy());
        recordIn(servedOld, served, context);
        JsonNode managedFields = Json.at(served, "metadata", "managedFields");
        if (managedFields == null) {
            Json.child(object, "metadata").remove("managedFields");
        } else {
            Json.child(object, "metadata").set("managedFields", managedFields);
        }
    }

    private static void recordIn(
            @Nullable ObjectNode old, ObjectNode object, WriteContext context) {
        ManagedFields.recordUpdate(
                old,
                object,
                context.kind().type(),
                context.kind().gvk().apiVersion(),
                context.fieldManager(),
                context.subresource(),
                context.now());
    }
}
