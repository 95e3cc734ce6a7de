package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.server.registry.ObjectChange.Part;
import dev.pilothouse.server.registry.validation.FieldErrors;
import tools.jackson.databind.node.ObjectNode;

/** The part of an object that a request changes: all of it, or what a subresource shows. Stateless. */
interface ObjectPart {

    /** The object itself. */
    ObjectPart MAIN = new ObjectPart() {
        @Override
        public Part rules() {
            return Part.MAIN;
        }
    };

    /** The status. */
    ObjectPart STATUS = new ObjectPart() {
        @Override
        public Part rules() {
            return Part.STATUS;
        }
    };

    /** Which rules apply to the change. */
    Part rules();

    /**
     * The object with this part taken from a replacement; by default the replacement as it is, from which the kind's
     * rules then take back what this part does not cover.
     */
    default ObjectNode replace(ObjectNode replacement, ObjectNode current) {
        return replacement;
    }

    /** Checks the change when the rules are the part's own. */
    default void validate(ObjectNode changed, ObjectNode old, FieldErrors errors) {}
}
