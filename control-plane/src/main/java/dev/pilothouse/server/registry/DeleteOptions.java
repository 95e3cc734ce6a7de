package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How to delete. Source: meta/v1 DeleteOptions.
 *
 * @param gracePeriodSeconds -1 when the client said nothing
 * @param propagation Foreground, Background, Orphan, or empty when the client said nothing
 * @param uid the object must have this uid; empty for any
 * @param resourceVersion the object must have this revision; empty for any
 * @param explicitOrphanDependents the deprecated field, null when the client did not use it
 */
public record DeleteOptions(
        long gracePeriodSeconds,
        String propagation,
        String uid,
        String resourceVersion,
        @Nullable Boolean explicitOrphanDependents) {

    private static final List<String> POLICIES =
            List.of("Foreground", "Background", "Orphan", "nil");
    private static final GroupVersionKind KIND =
            new GroupVersionKind("meta.k8s.io", "v1", "DeleteOptions");

    /** Nothing said. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(-1, "", "", "", null);

    /**
     * Reads a DeleteOptions object.
     *
     * @throws ApiException 422 when the propagation policy is unknown or said twice
     */
    public static DeleteOptions fromJson(ObjectNode json) {
        String propagation = Json.text(json, "propagationPolicy");
        Boolean orphan =
                json.path("orphanDependents").isBoolean()
                        ? json.path("orphanDependents").booleanValue()
                        : null;
        return new DeleteOptions(
                        Json.number(json, -1, "gracePeriodSeconds"),
                        propagation,
                        Json.text(json, "preconditions", "uid"),
                        Json.text(json, "preconditions", "resourceVersion"),
                        orphan)
                .checked();
    }

    /** The same for an object of this revision only; empty for any. */
    public DeleteOptions withResourceVersion(String version) {
        return new DeleteOptions(
                gracePeriodSeconds, propagation, uid, version, explicitOrphanDependents);
    }

    /** These options after checking them. */
    public DeleteOptions checked() {
        FieldErrors errors = new FieldErrors();
        FieldPath path = FieldPath.of("propagationPolicy");
        if (!propagation.isEmpty() && explicitOrphanDependents != null) {
            errors.invalid(
                    path,
                    propagation,
                    "orphanDependents and deletionPropagation cannot be both set");
        } else if (!propagation.isEmpty()
                && (propagation.equals("nil") || !POLICIES.contains(propagation))) {
            errors.notSupported(path, propagation, POLICIES);
        }
        errors.throwIfAny(KIND, "");
        return this;
    }

    /**
     * Foreground, Background or Orphan, also when it was said by the deprecated field; empty for
     * the kind's default.
     */
    String effectivePropagation() {
        if (explicitOrphanDependents == null) {
            return propagation;
        }
        return explicitOrphanDependents ? "Orphan" : "Background";
    }
}
