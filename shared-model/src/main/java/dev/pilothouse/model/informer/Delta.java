package dev.pilothouse.model.informer;

/**
 * What has become of an object.
 *
 * @param <T> the kept form of objects
 */
public sealed interface Delta<T> {

    /** The object as it is now, or as it was last. */
    T object();

    /** The object is there. */
    record Added<T>(T object) implements Delta<T> {}

    /** The object has changed. */
    record Updated<T>(T previous, T object) implements Delta<T> {}

    /** The object has gone. */
    record Deleted<T>(T object) implements Delta<T> {}
}
