package dev.pilothouse.ui.logs.store;

import java.util.Arrays;

/**
 * Lines in the order of time: four bytes for each. Lines that come late are put where they belong.
 * Not thread-safe.
 */
final class Order {

    private final LogStore store;
    private int[] ids = new int[1024];
    private int size;

    Order(LogStore store) {
        this.store = store;
    }

    int size() {
        return size;
    }

    int get(int position) {
        return ids[position];
    }

    /** Copies a part; positions beyond the end are left out. */
    int[] range(int from, int count) {
        int start = Math.clamp(from, 0, size);
        return Arrays.copyOfRange(ids, start, Math.clamp((long) start + count, start, size));
    }

    /**
     * Adds lines that are in order among themselves.
     *
     * @return the first position that has changed
     */
    int merge(int[] more, int count) {
        if (size + count > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(size + count, ids.length + (ids.length >> 1)));
        }
        int end = size;
        int to = size + count;
        for (int j = count - 1; j >= 0; j--) {
            int place =
                    end == 0 || store.compare(ids[end - 1], more[j]) < 0
                            ? end
                            : place(more[j], end);
            System.arraycopy(ids, place, ids, place + j + 1, end - place);
            end = place;
            to = place + j;
            ids[to] = more[j];
        }
        size += count;
        return to;
    }

    /** How many lines stand before a line, whether it is one of these or not. */
    int place(int id) {
        return place(id, size);
    }

    /** The position of a line, or -1. */
    int indexOf(int id) {
        int place = place(id, size);
        return place < size && ids[place] == id ? place : -1;
    }

    private int place(int id, int end) {
        int low = 0;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (store.compare(ids[middle], id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many lines are earlier than a time. */
    int before(long key) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (store.key(ids[middle]) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
