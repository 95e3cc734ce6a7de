package dev.pilothouse.model.schema;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One field of a type.
 *
 * @param name JSON name
 * @param type its type
 * @param defaultValue the declared default, or null
 * @param enumValues allowed values, empty for any
 * @param listType how apply treats it when it is a list
 * @param listMapKeys key fields when {@code listType} is MAP
 * @param atomicMap whether apply replaces this map or object as a whole
 * @param mergeKey strategic-merge key, empty when none
 * @param patchMerge whether strategic merge merges this list (patchStrategy merge)
 * @param patchRetainKeys whether the patch strategy has retainKeys
 * @param patchReplace whether the patch strategy is replace
 * @param protobufPath protobuf field numbers from the outermost message inwards; empty when not in
 *     protobuf
 * @param immutable whether updates must keep the value
 */
public record FieldSchema(
        String name,
        FieldType type,
        @Nullable JsonNode defaultValue,
        Set<String> enumValues,
        ListType listType,
        List<String> listMapKeys,
        boolean atomicMap,
        String mergeKey,
        boolean patchMerge,
        boolean patchRetainKeys,
        boolean patchReplace,
        List<Integer> protobufPath,
        boolean immutable) {

    /** A plain field with nothing but a name and a type. */
    public static FieldSchema plain(String name, FieldType type) {
        return new FieldSchema(
                name,
                type,
                null,
                Set.of(),
                ListType.ATOMIC,
                List.of(),
                false,
                "",
                false,
                false,
                false,
                List.of(),
                false);
    }
}
