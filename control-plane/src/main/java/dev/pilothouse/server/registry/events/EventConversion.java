package dev.pilothouse.server.registry.events;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns events.k8s.io/v1 Events into core/v1 Events, as which they are stored, and back. Source:
 * pkg/apis/events/v1/conversion.go.
 */
public final class EventConversion {

    /** Names in events.k8s.io/v1 and in core/v1; all others are alike. */
    private static final Map<String, String> CORE_NAMES =
            Map.of(
                    "note", "message",
                    "regarding", "involvedObject",
                    "reportingController", "reportingComponent",
                    "deprecatedSource", "source",
                    "deprecatedFirstTimestamp", "firstTimestamp",
                    "deprecatedLastTimestamp", "lastTimestamp",
                    "deprecatedCount", "count");

    private static final Map<String, String> EVENTS_NAMES =
            CORE_NAMES.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private EventConversion() {}

    /** The core/v1 form of an events.k8s.io/v1 Event; the given tree stays as it is. */
    public static ObjectNode toCore(ObjectNode event) {
        return convert(event, CORE_NAMES, "v1");
    }

    /** The events.k8s.io/v1 form of a core/v1 Event; the given tree stays as it is. */
    public static ObjectNode toEvents(ObjectNode event) {
        return convert(event, EVENTS_NAMES, "events.k8s.io/v1");
    }

    private static ObjectNode convert(
            ObjectNode event, Map<String, String> names, String apiVersion) {
        ObjectNode converted = Json.object();
        for (Map.Entry<String, JsonNode> entry : event.properties()) {
            converted.set(
                    names.getOrDefault(entry.getKey(), entry.getKey()),
                    entry.getValue().deepCopy());
        }
        if (converted.has("apiVersion")) {
            converted.put("apiVersion", apiVersion);
        }
        return converted;
    }
}
