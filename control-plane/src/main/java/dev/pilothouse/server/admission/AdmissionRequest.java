package dev.pilothouse.server.admission;

import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.request.UserInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write on its way to the store.
 *
 * @param operation what is done
 * @param kind kind of the object, in its stored version
 * @param subresource empty for the object itself
 * @param namespace empty for cluster-scoped objects
 * @param name empty when it is to be generated
 * @param object the new object, which mutating plug-ins change; null on delete
 * @param old the object as it is, which nobody may change; null on create
 * @param user who asks
 * @param dryRun whether nothing will be stored
 * @param warnings collects warnings for the client
 */
public record AdmissionRequest(
        Operation operation,
        ResourceKind kind,
        String subresource,
        String namespace,
        String name,
        @Nullable ObjectNode object,
        @Nullable ObjectNode old,
        UserInfo user,
        boolean dryRun,
        List<String> warnings) {

    /** What is done. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /** Whether this is about the objects of a resource themselves, not a subresource. */
    public boolean concerns(String group, String resource) {
        return subresource.isEmpty()
                && kind.storage().group().equals(group)
                && kind.storage().resource().equals(resource);
    }
}
