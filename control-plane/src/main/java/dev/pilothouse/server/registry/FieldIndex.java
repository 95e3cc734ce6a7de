package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.IndexFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the labels and selectable fields out of objects. Fields of custom resources are not
 * indexed: what they are is known only while their definition is served; see {@link Selection}.
 */
public final class FieldIndex implements FieldExtractor {

    /** Where a selectable field is not simply the path it is named after. */
    private static final Map<String, String> REAL_PATHS =
            Map.of("status.successful", "status.succeeded");

    private final Map<GroupResource, List<String>> fields = new HashMap<>();

    /** Takes the selectable fields of all built-in resources. */
    public FieldIndex(Schema schema) {
        for (ResourceSchema resource : schema.resources()) {
            if (!resource.fieldSelectors().isEmpty()) {
                fields.put(resource.resource().groupResource(), resource.fieldSelectors());
            }
        }
    }

    @Override
    public IndexFields extract(ObjectKey key, byte[] json) {
        return of(key.resource(), Json.parseObject(json));
    }

    /** The index fields of an object in its stored version. */
    public IndexFields of(GroupResource stored, ObjectNode object) {
        Map<String, String> labels = Json.stringMap(object, "metadata", "labels");
        List<String> paths = fields.get(stored);
        if (paths == null) {
            return IndexFields.of(labels, Map.of());
        }
        Map<String, String> values = new HashMap<>();
        for (String path : paths) {
            values.put(path, value(stored, object, path));
        }
        return IndexFields.of(labels, values);
    }

    private static String value(GroupResource stored, ObjectNode object, String path) {
        if (stored.resource().equals("events")) {
            String eventField = eventField(object, path);
            if (eventField != null) {
                return eventField;
            }
        }
        if (path.equals("status.podIPs")) {
            return text(object, "status.podIP");
        }
        String text = text(object, REAL_PATHS.getOrDefault(path, path));
        if (text.isEmpty()) {
            return switch (path) {
                case "spec.unschedulable", "spec.hostNetwork" -> "false";
                case "status.successful", "status.replicas" -> "0";
                default -> "";
            };
        }
        return text;
    }

    private static @Nullable String eventField(ObjectNode event, String path) {
        String component = Json.text(event, "source", "component");
        String reporter = Json.text(event, "reportingComponent");
        return switch (path) {
            case "source" -> component.isEmpty() ? reporter : component;
            case "reportingComponent" -> reporter;
            default -> null;
        };
    }

    static String text(JsonNode object, String path) {
        JsonNode node = Json.at(object, path.split("\\."));
        return node == null || node.isContainer() ? "" : node.asString("");
    }
}
