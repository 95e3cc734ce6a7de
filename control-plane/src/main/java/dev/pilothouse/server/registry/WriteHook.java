package dev.pilothouse.server.registry;

import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kind needs round its writes beyond its strategy: reserving addresses, serving a new
 * definition. Called after validation; {@code proceed} finishes the write. Thread-safe.
 */
public interface WriteHook {

    /** Nothing. */
    WriteHook NONE = new WriteHook() {};

    /** Round a create. */
    default <T> T create(ObjectNode object, WriteContext context, Supplier<T> proceed) {
        return proceed.get();
    }

    /** Round an update. */
    default <T> T update(
            ObjectNode object, ObjectNode old, WriteContext context, Supplier<T> proceed) {
        return proceed.get();
    }

    /** Round a delete. */
    default <T> T delete(ObjectNode old, WriteContext context, Supplier<T> proceed) {
        return proceed.get();
    }
}
