package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.IndexFields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
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

    /** What the fields of events and of pods are read from besides their own paths. */
    private static final List<String> SOURCES =
            List.of("source.component", "reportingComponent", "status.podIP");

    private static final FieldScan LABELS_ONLY = new FieldScan(List.of());

    private final Map<GroupResource, List<String>> fields = new HashMap<>();
    private final Map<GroupResource, FieldScan> scans = new HashMap<>();

    /** Takes the selectable fields of all built-in resources. */
    public FieldIndex(Schema schema) {
        for (ResourceSchema resource : schema.resources()) {
            if (!resource.fieldSelectors().isEmpty()) {
                GroupResource name = resource.resource().groupResource();
                fields.put(name, resource.fieldSelectors());
                Set<String> read = new HashSet<>(SOURCES);
                resource.fieldSelectors()
                        .forEach(path -> read.add(REAL_PATHS.getOrDefault(path, path)));
                scans.put(name, new FieldScan(read));
            }
        }
    }

    @Override
    public IndexFields extract(ObjectKey key, byte[] json) {
        FieldScan.Found found = scans.getOrDefault(key.resource(), LABELS_ONLY).scan(json);
        return of(key.resource(), found.labels(), path -> found.texts().getOrDefault(path, ""));
    }

    /** The index fields of an object in its stored version. */
    public IndexFields of(GroupResource stored, ObjectNode object) {
        Map<String, String> labels = Json.stringMap(object, "metadata", "labels");
        return of(stored, labels, path -> text(object, path));
    }

    private IndexFields of(
            GroupResource stored, Map<String, String> labels, UnaryOperator<String> texts) {
        List<String> paths = fields.get(stored);
        if (paths == null) {
            return IndexFields.of(labels, Map.of());
        }
        Map<String, String> values = new HashMap<>();
        for (String path : paths) {
            values.put(path, value(stored, texts, path));
        }
        return IndexFields.of(labels, values);
    }

    private static String value(GroupResource stored, UnaryOperator<String> texts, String path) {
        if (stored.resource().equals("events")) {
            String eventField = eventField(texts, path);
            if (eventField != null) {
                return eventField;
            }
        }
        if (path.equals("status.podIPs")) {
            return texts.apply("status.podIP");
        }
        String text = texts.apply(REAL_PATHS.getOrDefault(path, path));
        if (text.isEmpty()) {
            return switch (path) {
                case "spec.unschedulable", "spec.hostNetwork" -> "false";
                case "status.successful", "status.replicas" -> "0";
                default -> "";
            };
        }
        return text;
    }

    private static @Nullable String eventField(UnaryOperator<String> texts, String path) {
        String reporter = texts.apply("reportingComponent");
        return switch (path) {
            case "source" -> {
                String component = texts.apply("source.component");
                yield component.isEmpty() ? reporter : component;
            }
            case "reportingComponent" -> reporter;
            default -> null;
        };
    }

    static String text(JsonNode object, String path) {
        JsonNode node = Json.at(object, path.split("\\."));
        return node == null || node.isContainer() ? "" : node.asString("");
    }
}
