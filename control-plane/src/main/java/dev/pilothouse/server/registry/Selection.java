package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.selector.FieldSelector;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.storage.IndexFields;
import dev.pilothouse.server.storage.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a resource a list or watch is about. Immutable.
 *
 * @param kind the kind, for its selectable fields
 * @param labels by label
 * @param fields by field
 */
public record Selection(ResourceKind kind, LabelSelector labels, FieldSelector fields) {

    /**
     * Reads both query parameters.
     *
     * @throws ApiException 400 when one cannot be read or names a field that is not selectable
     */
    public static Selection parse(ResourceKind kind, String labelSelector, String fieldSelector) {
        FieldSelector fields = FieldSelector.parse(fieldSelector);
        for (FieldSelector.Term term : fields.terms()) {
            if (!isSelectable(kind, term.field())) {
                throw ApiException.badRequest(unsupported(kind, term.field()));
            }
        }
        return new Selection(kind, LabelSelector.parse(labelSelector), fields);
    }

    /** Whether an object is selected. */
    public boolean matches(StoredObject object) {
        IndexFields index = object.fields();
        return (labels.isEverything() || labels.matches(index::label))
                && (fields.isEverything() || fields.matches(field -> value(object, field)));
    }

    /** Whether everything is selected. */
    public boolean isEverything() {
        return labels.isEverything() && fields.isEverything();
    }

    private @Nullable String value(StoredObject object, String field) {
        return switch (field) {
            case "metadata.name" -> object.key().name();
            case "metadata.namespace" -> object.key().namespace();
            default ->
                    kind.custom()
                            ? FieldIndex.text(Json.parseObject(object.json()), field)
                            : object.fields().field(field);
        };
    }

    /** Kinds with selectable fields of their own refuse others in other words. */
    private static String unsupported(ResourceKind kind, String field) {
        return kind.served().fieldSelectors().isEmpty()
                ? "\""
                        + field
                        + "\" is not a known field selector: only \"metadata.name\","
                        + " \"metadata.namespace\""
                : "field label not supported: " + field;
    }

    private static boolean isSelectable(ResourceKind kind, String field) {
        return field.equals("metadata.name")
                || (field.equals("metadata.namespace") && kind.namespaced())
                || kind.served().fieldSelectors().contains(field);
    }
}
