package dev.pilothouse.server.registry;

import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.storage.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a write knows of its request.
 *
 * @param kind the kind in the version that the client speaks: its field owners are recorded in that
 *     version
 * @param user who asks
 * @param now the time of the request
 * @param fieldManager who owns the fields that this write sets
 * @param subresource empty for the object itself
 * @param dryRun whether nothing is stored
 * @param cause what led to the write, for the history
 * @param warnings collects warnings for the client
 */
public record WriteContext(
        ResourceKind kind,
        UserInfo user,
        Instant now,
        String fieldManager,
        String subresource,
        boolean dryRun,
        String cause,
        List<String> warnings) {

    /** A context without subresource, dry run or warnings: for the server's own writes. */
    public static WriteContext internal(
            ResourceKind kind, UserInfo user, Instant now, String cause) {
        return new WriteContext(kind, user, now, "pilothouse", "", false, cause, new ArrayList<>());
    }

    /** The same write for another kind. */
    public WriteContext forKind(ResourceKind other) {
        return new WriteContext(other, user, now, fieldManager, "", dryRun, cause, warnings);
    }

    /** The same write to a subresource. */
    public WriteContext forSubresource(String name) {
        return new WriteContext(kind, user, now, fieldManager, name, dryRun, cause, warnings);
    }

    StrategyContext forStrategy() {
        return new StrategyContext(user, now);
    }

    Provenance provenance() {
        return new Provenance(user.name(), cause);
    }
}
