package dev.pilothouse.model.patch;
import dev.pilothouse.model.schema.TypeSchema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
/** Managed fields. */
public final class ManagedFields {
    private ManagedFields() {}
    /** Records an update. */
    public static void recordUpdate(@Nullable ObjectNode live, ObjectNode updated, TypeSchema type, String apiVersion, String manager, String subresource, Instant now) {
    }
}
