package dev.pilothouse.ui.logs.store;

import java.util.function.IntBinaryOperator;

/** Sorts numbers that mostly come in runs, as lines of a few logs do: by merging the runs. */
final class RunSort {

    private RunSort() {}

    /** Sorts the first {@code count} in place; stable. */
    static void sort(int[] ids, int[] spare, int count, IntBinaryOperator compare) {
        while (true) {
            int runs = 0;
            int start = 0;
            while (start < count) {
                int middle = runEnd(ids, start, count, compare);
                if (middle == count) {
                    break;
                }
                int end = runEnd(ids, middle, count, compare);
                merge(ids, spare, start, middle, end, compare);
                runs++;
                start = end;
            }
            if (runs == 0) {
                return;
            }
        }
    }

    private static int runEnd(int[] ids, int start, int count, IntBinaryOperator compare) {
        int end = start + 1;
        while (end < count && compare.applyAsInt(ids[end - 1], ids[end]) <= 0) {
            end++;
        }
        return end;
    }

    private static void merge(
            int[] ids, int[] spare, int start, int middle, int end, IntBinaryOperator compare) {
        int left = middle - start;
        System.arraycopy(ids, start, spare, 0, left);
        int i = 0;
        int j = middle;
        int to = start;
        while (i < left) {
            if (j == end || compare.applyAsInt(spare[i], ids[j]) <= 0) {
                ids[to++] = spare[i++];
            } else {
                ids[to++] = ids[j++];
            }
        }
    }
}
