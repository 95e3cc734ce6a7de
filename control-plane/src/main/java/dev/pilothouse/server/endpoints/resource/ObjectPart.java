package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.server.registry.ObjectChange.Part;
import dev.pilothouse.server.registry.ResourceStrategy;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of an object that a request changes: all of it, or what a subresource covers.
 *
 * @param rules which rules apply to the change
 * @param strategy the part's own rules, when {@code rules} is OTHER
 */
record ObjectPart(Part rules, ResourceStrategy strategy) {

    /** The object itself. */
    static final ObjectPart MAIN = new ObjectPart(Part.MAIN, ResourceStrategy.NONE);

    /** The status. */
    static final ObjectPart STATUS = new ObjectPart(Part.STATUS, ResourceStrategy.NONE);

    /**
     * Takes out of an applied configuration what this part does not change, so that the applier
     * comes neither to own it nor into conflict over it. Source: apiserver
     * rest.ResetFieldsStrategy.
     */
    void reset(ObjectNode applied, ResourceStrategy strategy) {
        if (!strategy.hasStatus()) {
            return;
        }
        if (rules == Part.MAIN) {
            applied.remove("status");
        } else if (rules == Part.STATUS) {
            applied.retain("apiVersion", "kind", "metadata", "status");
        }
    }

    /** A subresource with rules of its own. */
    static ObjectPart of(ResourceStrategy strategy) {
        return new ObjectPart(Part.OTHER, strategy);
    }
}
