package dev.pilothouse.server.registry;

import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Between the versions in which objects are served and the one in which they are stored.
 * Thread-safe.
 */
public final class Conversions {

    /**
     * How one served version converts. Both directions give a new object or the same one changed.
     *
     * @param toStored from the served version
     * @param toServed to the served version
     */
    public record Conversion(
            UnaryOperator<ObjectNode> toStored, UnaryOperator<ObjectNode> toServed) {}

    private final Map<GroupVersionResource, Conversion> conversions;

    /**
     * The conversions by served resource. Versions without one differ in nothing but their name.
     */
    public Conversions(Map<GroupVersionResource, Conversion> conversions) {
        this.conversions = Map.copyOf(conversions);
    }

    /** An object of the served version in its stored one; may change the object given. */
    public ObjectNode toStored(ResourceKind served, ObjectNode object) {
        if (!served.needsConversion()) {
            return object;
        }
        Conversion conversion = conversions.get(served.resource());
        ObjectNode stored = conversion == null ? object : conversion.toStored().apply(object);
        stored.put("apiVersion", served.storage().groupVersion().apiVersion());
        return stored;
    }

    /** A stored object in the served version; may change the object given. */
    public ObjectNode toServed(ResourceKind served, ObjectNode object) {
        if (!served.needsConversion()) {
            return object;
        }
        Conversion conversion = conversions.get(served.resource());
        ObjectNode converted = conversion == null ? object : conversion.toServed().apply(object);
        converted.put("apiVersion", served.gvk().apiVersion());
        return converted;
    }
}
