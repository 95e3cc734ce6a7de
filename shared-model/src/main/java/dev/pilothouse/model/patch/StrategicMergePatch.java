package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strategic merge patch: a merge patch that knows from the schema which lists are merged by key,
 * with directives for what data alone cannot say. Source of the rules: apimachinery
 * util/strategicpatch.
 */
public final class StrategicMergePatch {

    private StrategicMergePatch() {}

    /**
     * The target with the patch merged in; neither is modified.
     *
     * @throws ApiException 400 when a directive is malformed or an element lacks its merge key
     */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch, TypeSchema type) {
        FieldType.Ref root = new FieldType.Ref(type.name(), () -> type);
        return merge(target.deepCopy(), patch, root);
    }

    /** Merges into the target and returns it, or returns what a directive puts in its place. */
    static ObjectNode merge(ObjectNode target, ObjectNode patch, @Nullable FieldType type) {
        switch (StrategicDirective.patchOf(patch)) {
            case "replace" -> {
                return (ObjectNode) StrategicDirective.content(patch);
            }
            case "delete" -> {
                return Json.object();
            }
            default -> {}
        }
        retainKeys(target, patch);
        Set<String> done = mergeOrderedLists(target, patch, type);
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (name.startsWith(StrategicDirective.DELETE_FROM_PRIMITIVE_LIST)) {
                deleteFromList(target, name, StrategicDirective.list(value));
            } else if (!StrategicDirective.isDirective(name) && !done.contains(name)) {
                mergeField(target, name, value, field(type, name));
            }
        }
        return target;
    }

    private static void mergeField(
            ObjectNode target, String name, JsonNode value, @Nullable FieldSchema field) {
        JsonNode old = target.get(name);
        if (value.isNull()) {
            target.remove(name);
        } else if (old instanceof ObjectNode oldMap && value instanceof ObjectNode map) {
            boolean replace = field != null && field.patchReplace();
            target.set(
                    name,
                    replace
                            ? StrategicDirective.content(map)
                            : merge(oldMap, map, field == null ? null : field.type()));
        } else if (old instanceof ArrayNode oldList && value instanceof ArrayNode list) {
            target.set(name, StrategicListMerge.merge(oldList, list, field));
        } else {
            target.set(name, StrategicDirective.content(value));
        }
    }

    private static void retainKeys(ObjectNode target, ObjectNode patch) {
        JsonNode directive = patch.get(StrategicDirective.RETAIN_KEYS);
        if (directive == null) {
            return;
        }
        Set<String> retained = new HashSet<>();
        for (JsonNode key : StrategicDirective.list(directive)) {
            retained.add(key.asString(""));
        }
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            boolean exempt =
                    entry.getValue().isNull() || StrategicDirective.isDirective(entry.getKey());
            if (!exempt && !retained.contains(entry.getKey())) {
                throw ApiException.badRequest("invalid patch format of retainKeys");
            }
        }
        target.retain(retained);
    }

    /** Handles all lists that come with an order; returns their names. */
    private static Set<String> mergeOrderedLists(
            ObjectNode target, ObjectNode patch, @Nullable FieldType type) {
        Set<String> done = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (!entry.getKey().startsWith(StrategicDirective.SET_ELEMENT_ORDER)) {
                continue;
            }
            ArrayNode order = StrategicDirective.list(entry.getValue());
            String name = entry.getKey().substring(StrategicDirective.SET_ELEMENT_ORDER.length());
            JsonNode old = Json.at(target, name);
            JsonNode value = patch.get(name);
            if (value != null && value.isNull()) {
                continue;
            }
            if (old != null || value != null) {
                ArrayNode oldList = old == null ? Json.array() : StrategicDirective.list(old);
                ArrayNode list = value == null ? null : StrategicDirective.list(value);
                target.set(
                        name,
                        StrategicListMerge.mergeOrdered(oldList, list, order, field(type, name)));
                done.add(name);
            }
        }
        return done;
    }

    private static void deleteFromList(ObjectNode target, String directive, ArrayNode gone) {
        String name = directive.substring(StrategicDirective.DELETE_FROM_PRIMITIVE_LIST.length());
        if (target.get(name) instanceof ArrayNode list) {
            ArrayNode rest = Json.array();
            for (JsonNode element : list) {
                if (!StrategicListMerge.contains(gone, element, "")) {
                    rest.add(element);
                }
            }
            target.set(name, rest);
        }
    }

    private static @Nullable FieldSchema field(@Nullable FieldType type, String name) {
        return switch (type) {
            case FieldType.MapOf map -> FieldSchema.plain(name, map.value());
            case FieldType.Ref ref -> {
                TypeSchema target = ref.target();
                if (target.alias() != null) {
                    yield field(target.alias(), name);
                }
                FieldSchema declared = target.field(name);
                FieldType additional = target.additional();
                yield declared != null || additional == null
                        ? declared
                        : FieldSchema.plain(name, additional);
            }
            case null, default -> null;
        };
    }
}
