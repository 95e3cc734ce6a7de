package dev.pilothouse.server.registry;

import dev.pilothouse.model.scheme.ResourceKind;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conversion of custom resources, whose versions may differ in more than a name. Thread-safe; may
 * block where {@link #mayBlock} says so.
 */
public interface CustomConversion {

    /** No custom resources. */
    CustomConversion NONE =
            new CustomConversion() {
                @Override
                public List<ObjectNode> toServed(ResourceKind served, List<ObjectNode> objects) {
                    return objects;
                }

                @Override
                public ObjectNode toStored(ResourceKind served, ObjectNode object) {
                    return object;
                }

                @Override
                public boolean mayBlock(ResourceKind kind) {
                    return false;
                }
            };

    /**
     * Objects of any version as the served version shows them, in the same order; may change the
     * objects given.
     *
     * @throws dev.pilothouse.model.meta.ApiException when a webhook does not convert them
     */
    List<ObjectNode> toServed(ResourceKind served, List<ObjectNode> objects);

    /**
     * An object of the served version as it is stored; leaves the object given as it is.
     *
     * @throws dev.pilothouse.model.meta.ApiException when a webhook does not convert it
     */
    ObjectNode toStored(ResourceKind served, ObjectNode object);

    /** Whether converting objects of a kind may wait for a webhook. */
    boolean mayBlock(ResourceKind kind);
}
