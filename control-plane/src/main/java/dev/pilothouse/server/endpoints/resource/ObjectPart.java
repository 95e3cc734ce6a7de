package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.server.registry.ObjectChange.Part;
import dev.pilothouse.server.registry.ResourceStrategy;

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

    /** A subresource with rules of its own. */
    static ObjectPart of(ResourceStrategy strategy) {
        return new ObjectPart(Part.OTHER, strategy);
    }
}
