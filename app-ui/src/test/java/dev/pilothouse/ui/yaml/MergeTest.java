package dev.pilothouse.ui.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final String BASE = "a\nb\nc\nd\ne\n";

    @Test
    void takesBothChangesWhenTheyDoNotTouch() {
        Merge.Result merged = Merge.merge(BASE, "a\nB\nc\nd\ne\n", "a\nb\nc\nd\nE\nf\n");

        assertEquals("a\nB\nc\nd\nE\nf\n", merged.text());
        assertEquals(0, merged.conflicts());
    }

    @Test
    void marksLinesThatBothChangedAndResolvesThem() {
        Merge.Result merged = Merge.merge(BASE, "a\nB\nc\nd\ne\n", "a\nbee\nc\nd\nE\n");

        assertEquals(1, merged.conflicts());
        Merge.Conflict conflict = Merge.conflicts(merged.text()).getFirst();
        assertEquals("B", conflict.mine());
        assertEquals("bee", conflict.theirs());
        assertEquals(
                "a\nbee\nc\nd\nE\n", Merge.resolve(merged.text(), conflict, conflict.theirs()));
        assertEquals("a\nB\nc\nd\nE\n", Merge.resolve(merged.text(), conflict, conflict.mine()));
    }

    @Test
    void removingOnOneSideAndChangingOnTheOtherIsAConflict() {
        Merge.Result merged = Merge.merge(BASE, "a\nc\nd\ne\n", "a\nb2\nc\nd\ne\n");

        Merge.Conflict conflict = Merge.conflicts(merged.text()).getFirst();
        assertEquals("", conflict.mine());
        assertEquals("a\nc\nd\ne\n", Merge.resolve(merged.text(), conflict, conflict.mine()));
    }

    @Test
    void differencesLeadFromOneTextToTheOther() {
        Random random = new Random(3);
        for (int turn = 0; turn < 500; turn++) {
            List<String> left = letters(random);
            List<String> right = letters(random);
            List<String> rebuilt = new ArrayList<>();
            int reached = 0;
            for (LineDiff.Hunk hunk : LineDiff.hunks(left, right)) {
                assertEquals(reached, hunk.rightStart());
                reached = hunk.rightEnd();
                rebuilt.addAll(
                        hunk.same()
                                ? left.subList(hunk.leftStart(), hunk.leftEnd())
                                : right.subList(hunk.rightStart(), hunk.rightEnd()));
            }
            assertEquals(right, rebuilt);
            String text = String.join("\n", right);
            assertEquals(text, Merge.merge(String.join("\n", left), text, text).text());
            assertFalse(Merge.hasConflicts(text));
        }
    }

    private static List<String> letters(Random random) {
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            letters.add(String.valueOf((char) ('a' + random.nextInt(4))));
        }
        return letters;
    }
}
