package dev.pilothouse.server.controller.workload;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Gives one instance for equal values that come again and again, such as the labels of the pods of
 * one template: a hundred thousand pods then need no more room for them than a few. Bounded: what
 * has not been seen for a while is forgotten. Thread-safe.
 */
final class Interner {

    private static final int SLOTS = 8192;

    private final AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(SLOTS);

    /** The value, or an equal one seen before. */
    @SuppressWarnings("unchecked") // an equal value of the same class has the same type
    <T> T of(T value) {
        int hash = value.hashCode();
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        Object known = slots.get(slot);
        if (value.equals(known) && value.getClass() == known.getClass()) {
            return (T) known;
        }
        slots.set(slot, value);
        return value;
    }
}
