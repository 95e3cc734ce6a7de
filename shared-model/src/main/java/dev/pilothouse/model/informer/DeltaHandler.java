package dev.pilothouse.model.informer;

/**
 * Is told what becomes of objects, on the informer's only thread: it must be quick and must not
 * throw.
 *
 * @param <T> the kept form of objects
 */
@FunctionalInterface
public interface DeltaHandler<T> {

    /** Something has become of an object. */
    void onDelta(Delta<T> delta);
}
