package dev.pilothouse.server.controller.resourcequota;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.quota.QuotaSpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * A quota, and whether it has changed.
 *
 * @param key its name
 * @param spec what it limits
 * @param revision changes with it
 */
record QuotaView(NamespacedName key, QuotaSpec spec, String revision) {

    static QuotaView of(ObjectNode quota) {
        return new QuotaView(
                NamespacedName.of(quota),
                QuotaSpec.of(quota),
                Json.text(quota, "metadata", "resourceVersion"));
    }
}
