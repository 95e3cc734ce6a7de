package dev.pilothouse.model.schema.structural;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drops the fields of a custom resource that its schema does not know. Source: apiextensions
 * pkg/apiserver/schema/pruning.
 */
public final class Pruning {

    private static final Set<String> TYPE_FIELDS = Set.of("apiVersion", "kind", "metadata");

    private final SortedSet<String> unknown = new TreeSet<>();

    private Pruning() {}

    /**
     * Prunes an object in place. Its own metadata is left alone: it has a built-in type.
     *
     * @return the paths of what was dropped, sorted, for example {@code spec.replicaz}
     */
    public static List<String> prune(ObjectNode object, StructuralSchema schema) {
        Pruning pruning = new Pruning();
        pruning.object(object, schema, "", schema.preserveUnknown(), true);
        return List.copyOf(pruning.unknown);
    }

    private void value(
            JsonNode value, @Nullable StructuralSchema schema, String path, boolean preserve) {
        if (value instanceof ObjectNode object) {
            boolean keeps = preserve || (schema != null && schema.preserveUnknown());
            object(object, schema, path, keeps, schema != null && schema.embedded());
        } else if (value instanceof ArrayNode array) {
            StructuralSchema items = schema == null ? null : schema.items();
            if (items == null && preserve) {
                return;
            }
            for (int i = 0; i < array.size(); i++) {
                value(array.get(i), items, path + "[" + i + "]", preserve && items == null);
            }
        }
    }

    private void object(
            ObjectNode object,
            @Nullable StructuralSchema schema,
            String path,
            boolean preserve,
            boolean resource) {
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            String name = entry.getKey();
            if (resource && TYPE_FIELDS.contains(name)) {
                continue;
            }
            String child = path.isEmpty() ? name : path + "." + name;
            StructuralSchema declared = schema == null ? null : schema.child(name);
            if (declared != null) {
                value(entry.getValue(), declared, child, declared.preserveUnknown());
            } else if (!preserve && (schema == null || !schema.anyAdditional())) {
                unknown.add(child);
                entries.remove();
            }
        }
    }
}
