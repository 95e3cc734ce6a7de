package dev.pilothouse.ui.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The smallest difference between two lists. Source: E. Myers, An O(ND) Difference Algorithm and
 * Its Variations, 1986, in its greedy form.
 */
public final class LineDiff {

    /** More changes than these are not looked for: the lists then count as wholly different. */
    private static final int MOST_CHANGES = 4_000;

    private LineDiff() {}

    /**
     * A stretch of both lists.
     *
     * @param same whether both are equal here
     * @param leftStart the first element of the left list
     * @param leftEnd the one after the last
     * @param rightStart the first element of the right list
     * @param rightEnd the one after the last
     */
    public record Hunk(boolean same, int leftStart, int leftEnd, int rightStart, int rightEnd) {}

    /** Stretches that are equal and stretches that are not, by turns, over all of both lists. */
    public static List<Hunk> hunks(List<String> left, List<String> right) {
        List<Hunk> hunks = new ArrayList<>();
        int l = 0;
        int r = 0;
        int sameLeft = 0;
        int sameRight = 0;
        List<int[]> matches = new ArrayList<>(matches(left, right));
        matches.add(new int[] {left.size(), right.size()});
        for (int[] match : matches) {
            if (match[0] > l || match[1] > r) {
                if (l > sameLeft) {
                    hunks.add(new Hunk(true, sameLeft, l, sameRight, r));
                }
                hunks.add(new Hunk(false, l, match[0], r, match[1]));
                sameLeft = match[0];
                sameRight = match[1];
            }
            l = match[0] + 1;
            r = match[1] + 1;
        }
        if (left.size() > sameLeft) {
            hunks.add(new Hunk(true, sameLeft, left.size(), sameRight, right.size()));
        }
        return hunks;
    }

    /** Pairs of positions of equal elements, rising in both lists, as many as there can be. */
    static List<int[]> matches(List<String> left, List<String> right) {
        int start = 0;
        int most = Math.min(left.size(), right.size());
        while (start < most && left.get(start).equals(right.get(start))) {
            start++;
        }
        int end = 0;
        while (end < most - start
                && left.get(left.size() - 1 - end).equals(right.get(right.size() - 1 - end))) {
            end++;
        }
        List<int[]> matches = new ArrayList<>();
        for (int i = 0; i < start; i++) {
            matches.add(new int[] {i, i});
        }
        int from = start;
        middle(left.subList(start, left.size() - end), right.subList(start, right.size() - end))
                .forEach(pair -> matches.add(new int[] {pair[0] + from, pair[1] + from}));
        for (int i = end; i > 0; i--) {
            matches.add(new int[] {left.size() - i, right.size() - i});
        }
        return matches;
    }

    private static List<int[]> middle(List<String> left, List<String> right) {
        int n = left.size();
        int m = right.size();
        int most = Math.min(n + m, MOST_CHANGES);
        int[] reached = new int[2 * most + 3];
        int centre = most + 1;
        List<int[]> trace = new ArrayList<>();
        for (int changes = 0; changes <= most; changes++) {
            trace.add(Arrays.copyOfRange(reached, centre - changes - 1, centre + changes + 2));
            for (int k = -changes; k <= changes; k += 2) {
                boolean down =
                        k == -changes
                                || (k != changes
                                        && reached[centre + k - 1] < reached[centre + k + 1]);
                int x = down ? reached[centre + k + 1] : reached[centre + k - 1] + 1;
                int y = x - k;
                while (x < n && y < m && left.get(x).equals(right.get(y))) {
                    x++;
                    y++;
                }
                reached[centre + k] = x;
                if (x >= n && y >= m) {
                    return back(trace, n, m, changes);
                }
            }
        }
        return List.of();
    }

    private static List<int[]> back(List<int[]> trace, int n, int m, int changes) {
        List<int[]> pairs = new ArrayList<>();
        int x = n;
        int y = m;
        for (int d = changes; d >= 0; d--) {
            int[] reached = trace.get(d);
            int centre = d + 1;
            int k = x - y;
            boolean down = k == -d || (k != d && reached[centre + k - 1] < reached[centre + k + 1]);
            int before = down ? k + 1 : k - 1;
            int startX = d == 0 ? 0 : reached[centre + before];
            int startY = d == 0 ? 0 : startX - before;
            int turn = down || d == 0 ? startX : startX + 1;
            while (x > turn && y > turn - k) {
                pairs.add(new int[] {--x, --y});
            }
            x = startX;
            y = startY;
        }
        return pairs.reversed();
    }
}
