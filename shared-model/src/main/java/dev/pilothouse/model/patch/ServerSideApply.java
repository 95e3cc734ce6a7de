package dev.pilothouse.model.patch;
import dev.pilothouse.model.schema.TypeSchema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
/** Server-side apply. */
public final class ServerSideApply {
    private ServerSideApply() {}
    /** @param object the result */
    public record Result(ObjectNode object) {}
    /** Applies. */
    public static Result apply(@Nullable ObjectNode live, ObjectNode applied, TypeSchema type, String manager, boolean force, String subresource, Instant now) {
        return new Result(applied);
    }
}
