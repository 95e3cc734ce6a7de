package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.registry.ObjectChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says on a pod that it goes because it was evicted. Source: KEP-3329.
 *
 * @param resource the pods
 * @param name the pod
 * @param uid the uid it must have, or empty
 * @param resourceVersion the revision it must have, or empty
 * @param now the time
 */
record DisruptionMark(
        GroupResource resource, String name, String uid, String resourceVersion, Instant now)
        implements ObjectChange {

    private static final String TYPE = "DisruptionTarget";

    @Override
    public ObjectNode apply(@Nullable ObjectNode current) {
        ObjectNode pod = Objects.requireNonNull(current).deepCopy();
        require("UID", uid, Json.text(pod, "metadata", "uid"));
        require("ResourceVersion", resourceVersion, Json.text(pod, "metadata", "resourceVersion"));
        ObjectNode status = Json.child(pod, "status");
        ArrayNode conditions =
                status.get("conditions") instanceof ArrayNode present
                        ? present
                        : status.putArray("conditions");
        ObjectNode condition =
                Json.objects(status, "conditions").stream()
                        .filter(found -> Json.text(found, "type").equals(TYPE))
                        .findFirst()
                        .orElse(null);
        if (condition == null) {
            condition = conditions.addObject().put("type", TYPE);
        }
        if (!Json.text(condition, "status").equals("True")) {
            condition.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        condition.put("status", "True");
        condition.put("reason", "EvictionByEvictionAPI");
        condition.put("message", "Eviction API: evicting");
        return pod;
    }

    private void require(String what, String required, String actual) {
        if (!required.isEmpty() && !required.equals(actual)) {
            throw ApiException.conflict(
                    resource,
                    name,
                    "the "
                            + what
                            + " in the precondition ("
                            + required
                            + ") does not match the "
                            + what
                            + " in record ("
                            + actual
                            + "). The object might have been"
                            + " deleted and then recreated");
        }
    }

    @Override
    public Part part() {
        return Part.STATUS;
    }
}
