package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.objects.NamespacedName;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which autoscalers there are, and whether they are to do something else.
 *
 * @param key its name
 * @param uid its uid
 * @param spec its spec as text
 */
record HpaView(NamespacedName key, String uid, String spec) {

    static HpaView of(ObjectNode hpa) {
        return new HpaView(
                NamespacedName.of(hpa),
                Json.text(hpa, "metadata", "uid"),
                Json.string(hpa.path("spec")));
    }
}
