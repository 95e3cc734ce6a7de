package dev.pilothouse.ui.overview;

import java.util.Arrays;

/**
 * How many objects there are, by their uids, in sixteen bytes for each: of 100,000 pods no more is
 * known than that they exist. Two uids of the same 64 bits of hash would count as one, which among
 * a million objects is as good as never. One thread at a time.
 */
final class Uids {

    private static final int LEAST = 64;
    private static final long FREE = 0;

    private long[] slots = new long[LEAST];
    private int size;

    int size() {
        return size;
    }

    /** Counts an object, unless it is counted already. */
    void add(String uid) {
        if (size * 2 >= slots.length) {
            grow();
        }
        long key = key(uid);
        int at = find(slots, key);
        if (slots[at] == FREE) {
            slots[at] = key;
            size++;
        }
    }

    void remove(String uid) {
        int at = find(slots, key(uid));
        if (slots[at] == FREE) {
            return;
        }
        slots[at] = FREE;
        size--;
        // What lay behind it may have been displaced by it.
        int mask = slots.length - 1;
        for (int next = at + 1 & mask; slots[next] != FREE; next = next + 1 & mask) {
            long moved = slots[next];
            slots[next] = FREE;
            slots[find(slots, moved)] = moved;
        }
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        Arrays.stream(slots)
                .filter(key -> key != FREE)
                .forEach(key -> larger[find(larger, key)] = key);
        slots = larger;
    }

    /** The place of a key, or the free one where it belongs. */
    private static int find(long[] in, long key) {
        int mask = in.length - 1;
        int at = (int) (key ^ key >>> 32) & mask;
        while (in[at] != FREE && in[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** FNV-1a, and then every bit of it into every other. */
    private static long key(String uid) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < uid.length(); i++) {
            hash = (hash ^ uid.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        hash ^= hash >>> 29;
        return hash == FREE ? 1 : hash;
    }
}
