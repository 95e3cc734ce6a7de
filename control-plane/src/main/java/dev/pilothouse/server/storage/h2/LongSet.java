package dev.pilothouse.server.storage.h2;

import java.util.Arrays;

/** Positive numbers in a flat hash table: 16 bytes each or less. */
final class LongSet {

    private long[] slots = new long[64];
    private int size;

    int size() {
        return size;
    }

    void add(long number) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        int at = find(number);
        if (slots[at] == 0) {
            slots[at] = number;
            size++;
        }
    }

    /** Removes a number if it is there. */
    void remove(long number) {
        int hole = find(number);
        if (slots[hole] == 0) {
            return;
        }
        size--;
        int mask = slots.length - 1;
        int at = hole;
        while (true) {
            slots[hole] = 0;
            do {
                at = (at + 1) & mask;
                if (slots[at] == 0) {
                    return;
                }
            } while (!mayMove(hash(slots[at]), hole, at));
            slots[hole] = slots[at];
            hole = at;
        }
    }

    /** Whether an entry that belongs at {@code home} and lies at {@code at} may lie at the hole. */
    private static boolean mayMove(int home, int hole, int at) {
        return hole <= at ? home <= hole || home > at : home <= hole && home > at;
    }

    /** All numbers, rising. */
    long[] sorted() {
        return Arrays.stream(slots).filter(number -> number != 0).sorted().toArray();
    }

    private int find(long number) {
        int mask = slots.length - 1;
        int at = hash(number);
        while (slots[at] != 0 && slots[at] != number) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int hash(long number) {
        return (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & (slots.length - 1);
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long number : old) {
            if (number != 0) {
                slots[find(number)] = number;
            }
        }
    }
}
