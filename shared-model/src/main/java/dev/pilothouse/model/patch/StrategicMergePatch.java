package dev.pilothouse.model.patch;
import dev.pilothouse.model.schema.TypeSchema;
import tools.jackson.databind.node.ObjectNode;
/** Strategic merge patch. */
public final class StrategicMergePatch {
    private StrategicMergePatch() {}
    /** Applies. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch, TypeSchema type) {
        return (ObjectNode) MergePatch.apply(target, patch);
    }
}
