package dev.pilothouse.server.controller.resourcequota;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.quota.Usage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object and what it counts for.
 *
 * @param namespace its namespace
 * @param name its name
 * @param usage what it counts for
 */
record Counted(String namespace, String name, Usage usage) {

    /** Reads objects; the many that count for the same share one usage. Thread-safe. */
    static final class Reader {

        private static final int MOST = 10_000;

        private final GroupResource resource;
        private final Map<Usage, Usage> shared = new ConcurrentHashMap<>();

        Reader(GroupResource resource) {
            this.resource = resource;
        }

        Counted read(ObjectNode object) {
            if (shared.size() > MOST) {
                shared.clear();
            }
            Usage usage = shared.computeIfAbsent(Usage.of(resource, object), same -> same);
            return new Counted(
                    Json.text(object, "metadata", "namespace"),
                    Json.text(object, "metadata", "name"),
                    usage);
        }
    }
}
