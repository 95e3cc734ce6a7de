package dev.pilothouse.server.registry;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One change to an object: the body of a PUT, a patch, or what a subresource does. */
public interface ObjectChange {

    /** Which rules apply to the change. */
    enum Part {
        /** The object's main rules. */
        MAIN,
        /** The rules of its status subresource. */
        STATUS,
        /** The change's own rules: {@link #strategy}. */
        OTHER
    }

    /**
     * The object after the change, in its stored version, conformed and defaulted. May be called
     * again when another write came between, so it must give a new object each time and leave
     * {@code current} as it is.
     *
     * @param current the object as it is, with its resourceVersion; null when it does not exist
     */
    ObjectNode apply(@Nullable ObjectNode current);

    /** Which rules apply. */
    default Part part() {
        return Part.MAIN;
    }

    /** Whether the client named a revision, so that a conflict is its to solve. */
    default boolean insistsOnRevision() {
        return false;
    }

    /** Whether an object that does not exist is created. */
    default boolean mayCreate() {
        return false;
    }

    /**
     * Whether {@link #apply} has brought the managed fields up to date itself, as server-side apply
     * does.
     */
    default boolean ownsFields() {
        return false;
    }

    /** The rules when {@link #part} is OTHER. */
    default ResourceStrategy strategy() {
        return ResourceStrategy.NONE;
    }
}
