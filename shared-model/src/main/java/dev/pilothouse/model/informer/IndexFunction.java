package dev.pilothouse.model.informer;

import java.util.Collection;

/**
 * Says under which values of an index an object is found.
 *
 * @param <T> the kept form of objects
 */
@FunctionalInterface
public interface IndexFunction<T> {

    /** The values, none to leave the object out. Must give the same for the same object always. */
    Collection<String> values(T object);
}
