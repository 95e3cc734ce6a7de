package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.TypeSchema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The annotation that client-side {@code kubectl apply} leaves, and what server-side apply by
 * kubectl makes of it. Rules: apimachinery managedfields/internal/lastapplied*.go.
 */
final class LastApplied {

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String KUBECTL = "kubectl";

    private LastApplied() {}

    /**
     * Fields that kubectl may take over without force: it applied them client-side before, and
     * nobody changed them since.
     */
    static FieldSet takeOver(@Nullable ObjectNode live, TypeSchema type, String manager) {
        String text = Json.text(live, "metadata", "annotations", ANNOTATION);
        if (live == null || text.isEmpty() || !manager.equals(KUBECTL)) {
            return FieldSet.empty();
        }
        try {
            if (!(Json.parse(text) instanceof ObjectNode before)
                    || !TypedValidation.check(before, type).isEmpty()) {
                return FieldSet.empty();
            }
            FieldDiff since = FieldComparer.compare(before, live, type);
            return FieldSet.of(before, type)
                    .difference(since.changed())
                    .difference(since.removed());
        } catch (JacksonException e) {
            // Anybody can write the annotation; a broken one allows nothing.
            return FieldSet.empty();
        }
    }

    /** Keeps the annotation in step, for a later client-side apply, when the object has it. */
    static void update(ObjectNode object, ObjectNode applied, String manager) {
        ObjectNode annotations = Json.objectAt(object, "metadata", "annotations");
        if (!manager.equals(KUBECTL) || annotations == null || !annotations.has(ANNOTATION)) {
            return;
        }
        ObjectNode configuration = applied.deepCopy();
        ObjectNode own = Json.objectAt(configuration, "metadata", "annotations");
        if (own != null) {
            own.remove(ANNOTATION);
        }
        annotations.put(ANNOTATION, Json.string(configuration) + "\n");
    }
}
