package dev.pilothouse.server.storage.cache;

import java.util.Arrays;

/** Copies of arrays with one change, for nodes that are never changed in place. */
final class Splice {

    private Splice() {}

    static <T> T[] concat(T[] left, T[] right) {
        T[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }

    static <T> T[] set(T[] array, int index, T value) {
        T[] copy = array.clone();
        copy[index] = value;
        return copy;
    }

    @SuppressWarnings(
            "NullAway") // the slot that copyOf leaves null is filled before anyone sees it
    static <T> T[] insert(T[] array, int index, T value) {
        T[] copy = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, index, copy, index + 1, array.length - index);
        copy[index] = value;
        return copy;
    }

    static <T> T[] remove(T[] array, int index) {
        T[] copy = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, index + 1, copy, index, copy.length - index);
        return copy;
    }
}
