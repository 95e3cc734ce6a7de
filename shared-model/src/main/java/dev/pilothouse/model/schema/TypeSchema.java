package dev.pilothouse.model.schema;

import dev.pilothouse.model.meta.GroupVersionKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named type: an object with known fields, or an alias of something simpler.
 *
 * @param name for example {@code core.v1.PodSpec}; nested types of a custom resource have a
 *     path-like name
 * @param fields known fields by JSON name in declaration order; empty for an alias
 * @param alias what the type stands for, null for an object with fields
 * @param required names of fields that must be present
 * @param atomic whether apply replaces it as a whole
 * @param preserveUnknown whether fields that are not declared are kept (custom resources only)
 * @param kind the kind when this is a top-level type, else null
 * @param additional type of the values of undeclared fields, or null when there may be none
 */
public record TypeSchema(
        String name,
        Map<String, FieldSchema> fields,
        @Nullable FieldType alias,
        List<String> required,
        boolean atomic,
        boolean preserveUnknown,
        @Nullable GroupVersionKind kind,
        @Nullable FieldType additional) {

    /** This type as a field has it that apply merges part by part. */
    public TypeSchema granular() {
        return atomic
                ? new TypeSchema(
                        name, fields, alias, required, false, preserveUnknown, kind, additional)
                : this;
    }

    /** The field of that JSON name, or null. */
    public @Nullable FieldSchema field(String name) {
        return fields.get(name);
    }
}
