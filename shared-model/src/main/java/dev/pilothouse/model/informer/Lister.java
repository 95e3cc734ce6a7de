package dev.pilothouse.model.informer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the local copy. Thread-safe.
 *
 * @param <T> the kept form of objects
 */
public interface Lister<T> {

    /** The object, or null. */
    @Nullable T get(String namespace, String name);

    /** All objects, in no order. */
    List<T> all();

    /** The objects of a namespace, in no order. */
    List<T> inNamespace(String namespace);

    /** Whether a namespace has no object. */
    boolean isEmpty(String namespace);

    /**
     * The objects under a value of an index.
     *
     * @throws IllegalArgumentException when there is no such index
     */
    List<T> byIndex(String index, String value);
}
