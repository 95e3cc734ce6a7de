package dev.pilothouse.server.registry.authorization;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of the access reviews. Source: pkg/apis/authorization/validation. */
public final class AccessReviewStrategy implements ResourceStrategy {

    /** Whose access is reviewed, and where. */
    public enum Scope {
        /** Anyone's, anywhere: SubjectAccessReview. */
        SUBJECT,
        /** Anyone's in one namespace: LocalSubjectAccessReview. */
        LOCAL,
        /** The asker's own: SelfSubjectAccessReview. */
        SELF
    }

    private final Scope scope;

    /** Rules of one of the three kinds. */
    public AccessReviewStrategy(Scope scope) {
        this.scope = scope;
    }

    @Override
    public void validate(ObjectNode review, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(review, errors).child("spec");
        boolean resource = spec.present("resourceAttributes");
        boolean other = spec.present("nonResourceAttributes");
        if (resource && other) {
            spec.invalid(
                    "nonResourceAttributes",
                    "cannot be specified in combination with resourceAttributes");
        } else if (!resource && !other) {
            spec.errors()
                    .invalid(
                            spec.path("resourceAttributes"),
                            null,
                            "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        if (scope != Scope.SELF && !spec.has("user") && !spec.has("groups")) {
            spec.errors()
                    .invalid(
                            spec.path("user"),
                            "",
                            "at least one of user or group must be specified");
        }
        if (scope == Scope.LOCAL) {
            local(review, spec, other);
        }
    }

    private static void local(ObjectNode review, ObjectCheck spec, boolean other) {
        String namespace = Json.text(review, "metadata", "namespace");
        ObjectCheck attributes = spec.child("resourceAttributes");
        if (spec.present("resourceAttributes") && !attributes.text("namespace").equals(namespace)) {
            attributes.invalid("namespace", "must match metadata.namespace");
        }
        if (other) {
            spec.invalid("nonResourceAttributes", "disallowed on this kind of request");
        }
    }
}
