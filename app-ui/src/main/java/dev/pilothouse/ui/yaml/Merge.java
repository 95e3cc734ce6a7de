package dev.pilothouse.ui.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings two changes of one text together, line by line. */
public final class Merge {

    /** Begins the lines of the user in a conflict. */
    public static final String MINE = "<<<<<<< mine";

    /** Stands between the two sides. */
    public static final String MIDDLE = "=======";

    /** Ends the lines of the cluster in a conflict. */
    public static final String THEIRS = ">>>>>>> cluster";

    private Merge() {}

    /**
     * What came of it.
     *
     * @param text the merged text, with marks around lines that both have changed differently
     * @param conflicts how many such places there are
     */
    public record Result(String text, int conflicts) {}

    /** Merges what became of a text on both sides. */
    public static Result merge(String base, String mine, String theirs) {
        List<String> common = lines(base);
        List<String> left = lines(mine);
        List<String> right = lines(theirs);
        int[] toLeft = matched(common, left);
        int[] toRight = matched(common, right);
        List<String> merged = new ArrayList<>();
        int conflicts = 0;
        int b = 0;
        int l = 0;
        int r = 0;
        while (b < common.size() || l < left.size() || r < right.size()) {
            if (b < common.size() && toLeft[b] == l && toRight[b] == r) {
                merged.add(common.get(b));
                b++;
                l++;
                r++;
                continue;
            }
            // On to the next line that all three have.
            int next = b;
            while (next < common.size() && (toLeft[next] < 0 || toRight[next] < 0)) {
                next++;
            }
            int leftEnd = next < common.size() ? toLeft[next] : left.size();
            int rightEnd = next < common.size() ? toRight[next] : right.size();
            conflicts +=
                    add(
                            merged,
                            common.subList(b, next),
                            left.subList(l, leftEnd),
                            right.subList(r, rightEnd));
            b = next;
            l = leftEnd;
            r = rightEnd;
        }
        return new Result(String.join("\n", merged), conflicts);
    }

    private static int add(
            List<String> merged, List<String> base, List<String> mine, List<String> theirs) {
        if (mine.equals(theirs) || theirs.equals(base)) {
            merged.addAll(mine);
            return 0;
        }
        if (mine.equals(base)) {
            merged.addAll(theirs);
            return 0;
        }
        merged.add(MINE);
        merged.addAll(mine);
        merged.add(MIDDLE);
        merged.addAll(theirs);
        merged.add(THEIRS);
        return 1;
    }

    /** For each line of the first its place in the second, -1 for none. */
    private static int[] matched(List<String> from, List<String> to) {
        int[] places = new int[from.size()];
        Arrays.fill(places, -1);
        for (int[] pair : LineDiff.matches(from, to)) {
            places[pair[0]] = pair[1];
        }
        return places;
    }

    /** The lines of a text. */
    public static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    /** Whether conflicts are left in a text. */
    public static boolean hasConflicts(String text) {
        return conflicts(text).size() > 0;
    }

    /**
     * A conflict in a text.
     *
     * @param span from the first mark to the end of the last
     * @param mine the lines of the user
     * @param theirs the lines of the cluster
     */
    public record Conflict(Span span, String mine, String theirs) {}

    /** The conflicts in a text, in order. */
    public static List<Conflict> conflicts(String text) {
        List<Conflict> conflicts = new ArrayList<>();
        int at = text.startsWith(MINE + "\n") ? 0 : after(text, "\n" + MINE + "\n", 0);
        while (at >= 0) {
            int middle = text.indexOf("\n" + MIDDLE + "\n", at);
            int end = middle < 0 ? -1 : text.indexOf("\n" + THEIRS, middle);
            if (end < 0) {
                break;
            }
            int mine = at + MINE.length() + 1;
            int theirs = middle + MIDDLE.length() + 2;
            conflicts.add(
                    new Conflict(
                            new Span(at, end + 1 + THEIRS.length()),
                            mine > middle ? "" : text.substring(mine, middle),
                            theirs > end ? "" : text.substring(theirs, end)));
            at = after(text, "\n" + MINE + "\n", end);
        }
        return conflicts;
    }

    private static int after(String text, String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? -1 : found + 1;
    }

    /** The text with a conflict replaced by what was chosen. */
    public static String resolve(String text, Conflict conflict, String chosen) {
        String rest = text.substring(conflict.span().end());
        String before = text.substring(0, conflict.span().start());
        return before
                + (chosen.isEmpty() && rest.startsWith("\n") ? rest.substring(1) : chosen + rest);
    }
}
