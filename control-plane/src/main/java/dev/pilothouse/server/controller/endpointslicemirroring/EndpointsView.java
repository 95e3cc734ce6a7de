package dev.pilothouse.server.controller.endpointslicemirroring;

import dev.pilothouse.model.informer.CachedObject;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.endpoints.EndpointsController;
import dev.pilothouse.server.controller.objects.NamespacedName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of an Endpoints object.
 *
 * @param key its name
 * @param object the object if it is one to be copied, otherwise null
 */
public record EndpointsView(NamespacedName key, @Nullable CachedObject object) {

    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";

    /** Reads an Endpoints object. */
    public static EndpointsView of(ObjectNode object) {
        return new EndpointsView(
                NamespacedName.of(object), isMirrored(object) ? CachedObject.of(object) : null);
    }

    private static boolean isMirrored(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return !Json.text(metadata, "labels", SKIP).equals("true")
                && !Json.text(metadata, "labels", EndpointsController.MANAGED_BY)
                        .equals(EndpointsController.NAME)
                && Json.at(metadata, "annotations", EndpointsController.LEADER) == null;
    }
}
