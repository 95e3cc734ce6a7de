package dev.pilothouse.server.registry;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.NameRule;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of one kind. Stateless and thread-safe: everything comes by parameter. ResourceStore
 * does the rest (names, uid, timestamps, generation, finalizers, managed fields, metadata
 * validation), so a kind without own rules needs none.
 *
 * <p>Objects arrive conformed to their type: no unknown fields, no nulls, right JSON types. They
 * are in the stored version. Called in this order, create: prepareForCreate, setDefaults (already
 * run once at decoding, before admission), validate; update: setDefaults at decoding,
 * prepareForUpdate, validateUpdate.
 */
public interface ResourceStrategy {

    /** A kind without rules of its own. */
    ResourceStrategy NONE = new ResourceStrategy() {};

    /**
     * The rules for writes in a served version. Built-in kinds have one set of rules, in their
     * stored version; each version of a custom resource has its own schema.
     */
    default ResourceStrategy servedAs(ResourceKind served) {
        return this;
    }

    /**
     * Brings a decoded object to the shape of its type, in place.
     *
     * @return what strict field validation objects to, for example {@code unknown field "spec.foo"}
     * @throws dev.pilothouse.model.meta.ApiException 400 when a value cannot be decoded
     */
    default List<String> conform(ObjectNode object, TypeSchema type) {
        return ObjectDecoder.conform(object, type);
    }

    /** Fills in missing fields as kube-apiserver's defaulting functions do. Must be idempotent. */
    default void setDefaults(ObjectNode object) {}

    /** Brings a new object to its first state: drops what clients may not set, such as status. */
    default void prepareForCreate(ObjectNode object, StrategyContext context) {
        if (hasStatus()) {
            object.remove("status");
        }
    }

    /** Restores what this kind of update may not change, such as status. */
    default void prepareForUpdate(ObjectNode object, ObjectNode old, StrategyContext context) {
        if (hasStatus()) {
            keep("status", object, old);
        }
    }

    /** Checks a new object, except its metadata. */
    default void validate(ObjectNode object, FieldErrors errors) {}

    /**
     * Checks a changed object, except its metadata; calls {@link #validate} unless the kind differs
     * there.
     */
    default void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        validate(object, errors);
    }

    /**
     * Restores what an update of the status subresource may not change: everything but status and
     * metadata.
     */
    default void prepareForStatusUpdate(
            ObjectNode object, ObjectNode old, StrategyContext context) {
        List<String> names = object.propertyNames().stream().toList();
        for (String name : names) {
            if (!name.equals("status") && !name.equals("metadata")) {
                object.remove(name);
            }
        }
        for (var entry : old.properties()) {
            if (!entry.getKey().equals("status") && !entry.getKey().equals("metadata")) {
                object.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
    }

    /** Checks a changed status. */
    default void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {}

    /**
     * Warnings for the client about a new or changed object, without the header's code and quotes.
     */
    default List<String> warnings(ObjectNode object) {
        return List.of();
    }

    /** Whether there is a status that only the status subresource writes. */
    default boolean hasStatus() {
        return false;
    }

    /** Whether metadata.generation counts changes of everything but metadata and status. */
    default boolean tracksGeneration() {
        return false;
    }

    /** Whether an update of an object that does not exist creates it. */
    default boolean allowsCreateOnUpdate() {
        return false;
    }

    /** Whether an update without resourceVersion is taken as unconditional. */
    default boolean allowsUnconditionalUpdate() {
        return true;
    }

    /** What names are allowed. */
    default NameRule nameRule() {
        return NameRule.DNS_SUBDOMAIN;
    }

    /**
     * The grace period in seconds of a delete, or 0 for an immediate one.
     *
     * @param requested what the client asked for, -1 when it said nothing
     */
    default long gracePeriodSeconds(ObjectNode object, long requested) {
        return 0;
    }

    /** Finalizers that an object gets when its deletion begins. */
    default List<String> deletionFinalizers() {
        return List.of();
    }

    /** Copies a member from the old object, or removes it when the old one has none. */
    static void keep(String member, ObjectNode object, ObjectNode old) {
        var value = old.get(member);
        if (value == null) {
            object.remove(member);
        } else {
            object.set(member, value.deepCopy());
        }
    }
}
