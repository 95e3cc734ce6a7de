package dev.pilothouse.server.registry;

import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.List;
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
    private final CustomConversion custom;

    /**
     * The conversions by served resource. Versions without one differ in nothing but their name.
     *
     * @param custom converts custom resources
     */
    public Conversions(Map<GroupVersionResource, Conversion> conversions, CustomConversion custom) {
        this.conversions = Map.copyOf(conversions);
        this.custom = custom;
    }

    /**
     * An object of the served version in the one in which its store works; may change the object
     * given. Built-in kinds are worked on as they are stored, custom ones as the client writes
     * them.
     */
    public ObjectNode toStored(ResourceKind served, ObjectNode object) {
        if (served.custom() || !served.needsConversion()) {
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
        if (served.custom()) {
            return custom.toServed(served, List.of(object)).getFirst();
        }
        Conversion conversion = conversions.get(served.resource());
        ObjectNode converted = conversion == null ? object : conversion.toServed().apply(object);
        converted.put("apiVersion", served.gvk().apiVersion());
        return converted;
    }

    /** Stored objects in the served version, in the same order; may change the objects given. */
    public List<ObjectNode> toServed(ResourceKind served, List<ObjectNode> objects) {
        return served.custom() && served.needsConversion()
                ? custom.toServed(served, objects)
                : objects.stream().map(object -> toServed(served, object)).toList();
    }

    /** An object that its store has worked on, as it is written; leaves the object as it is. */
    ObjectNode forStorage(ResourceKind served, ObjectNode object) {
        return served.custom() && served.needsConversion()
                ? custom.toStored(served, object)
                : object;
    }

    /** A stored object as its store works on it for clients of the served version. */
    ObjectNode fromStorage(ResourceKind served, ObjectNode object) {
        return served.custom() ? toServed(served, object) : object;
    }

    /** Whether showing objects of a kind may wait for a webhook. */
    public boolean mayBlock(ResourceKind kind) {
        return kind.custom() && kind.needsConversion() && custom.mayBlock(kind);
    }
}
