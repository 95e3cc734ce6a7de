package dev.pilothouse.ui.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.cluster.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class LiveRowsTest {

    private final LiveRows rows = new LiveRows();

    @Test
    void keepsTheOrderAsObjectsComeChangeAndGo() {
        rows.reset(List.of(row("1", "b", ""), row("2", "d", "")));

        rows.apply(List.of(row("3", "c", ""), row("4", "a", "")), List.of("2"), 1);

        assertEquals("[a, b, c]", rows.toString());
    }

    @Test
    void movesARowWhoseSortedCellHasChanged() {
        rows.orderBy(List.of(RowOrder.of(row -> row.cell(0))));
        rows.reset(List.of(row("1", "a", "1"), row("2", "b", "2"), row("3", "c", "3")));
        LiveRow moved = rows.get(0);

        rows.apply(List.of(row("1", "a", "9")), List.of(), 1);

        assertEquals("[b, c, a]", rows.toString());
        assertSame(moved, rows.get(2));
    }

    @Test
    void showsAndHidesRowsAsTheyPassTheFilter() {
        rows.show(row -> row.cell(0).equals("yes"));
        rows.reset(List.of(row("1", "a", "yes"), row("2", "b", "no")));
        assertEquals("[a]", rows.toString());

        rows.apply(List.of(row("1", "a", "no"), row("2", "b", "yes")), List.of(), 1);

        assertEquals("[b]", rows.toString());
        assertEquals(2, rows.total());
    }

    @Test
    void keepsRowsOfObjectsThatAreStillListed() {
        rows.reset(List.of(row("1", "a", "x"), row("2", "b", "x")));
        LiveRow kept = rows.get(1);

        rows.reset(List.of(row("2", "b", "y"), row("3", "c", "y")));

        assertSame(kept, rows.get(0));
        assertEquals("y", kept.row().cell(0));
        assertEquals("[b, c]", rows.toString());
    }

    @Test
    void listenersCanFollowEveryChange() {
        var random = new Random(7);
        List<LiveRow> copy = new ArrayList<>();
        rows.addListener(
                (ListChangeListener<LiveRow>)
                        change -> {
                            while (change.next()) {
                                copy.subList(
                                                change.getFrom(),
                                                change.getFrom() + change.getRemovedSize())
                                        .clear();
                                copy.addAll(change.getFrom(), change.getAddedSubList());
                            }
                        });
        rows.orderBy(List.of(RowOrder.of(row -> row.cell(0))));

        for (int turn = 0; turn < 400; turn++) {
            List<Row> changed = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            for (int i = 0; i < random.nextInt(90); i++) {
                String uid = String.valueOf(random.nextInt(200));
                changed.removeIf(row -> row.uid().equals(uid));
                removed.remove(uid);
                if (random.nextInt(3) == 0) {
                    removed.add(uid);
                } else {
                    changed.add(row(uid, uid, String.valueOf(random.nextInt(50))));
                }
            }
            rows.apply(changed, removed, 1);
            assertEquals(rows, copy);
        }
        List<LiveRow> sorted = new ArrayList<>(rows);
        sorted.sort(
                Comparator.comparing(
                        LiveRow::row,
                        Comparator.comparing((Row row) -> row.cell(0))
                                .thenComparing(LiveRows.BY_NAME)));
        assertEquals(sorted, copy);
    }

    @Test
    void groupsHaveHeadingsThatCount() {
        rows.groupBy(row -> row.cell(0));
        rows.reset(List.of(row("1", "a", "x"), row("2", "b", "y"), row("3", "c", "")));
        assertEquals("[x, a, y, b, , c]", rows.toString());

        rows.apply(List.of(row("1", "a", "y"), row("4", "d", "y")), List.of("3"), 1);

        assertEquals("[y, a, b, d]", rows.toString());
        assertEquals(3, rows.get(0).count());
        assertEquals(3, rows.matching());

        rows.fold(rows.get(0), true);
        assertEquals("[y]", rows.toString());
        rows.apply(List.of(row("5", "e", "y"), row("6", "f", "z")), List.of("1"), 1);
        assertEquals("[y, z, f]", rows.toString());
        assertEquals(3, rows.get(0).count());

        rows.groupBy(null);
        assertEquals("[b, d, e, f]", rows.toString());
    }

    @Test
    void groupsOfManyChangesAreThoseOfAWholeList() {
        var random = new Random(11);
        rows.groupBy(row -> row.cell(0));
        rows.show(row -> row.name().hashCode() % 5 != 0);
        List<LiveRow> copy = new ArrayList<>();
        rows.addListener((ListChangeListener<LiveRow>) change -> follow(change, copy));
        for (int turn = 0; turn < 300; turn++) {
            List<Row> changed = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            for (int i = 0; i < random.nextInt(20); i++) {
                String uid = String.valueOf(random.nextInt(100));
                changed.removeIf(row -> row.uid().equals(uid));
                removed.remove(uid);
                if (random.nextInt(3) == 0) {
                    removed.add(uid);
                } else {
                    changed.add(row(uid, uid, String.valueOf(random.nextInt(7))));
                }
            }
            if (random.nextInt(9) == 0 && !rows.isEmpty()) {
                rows.fold(rows.get(0), !rows.isFolded(rows.get(0)));
            }
            rows.apply(changed, removed, 1);
            List<LiveRow> kept = List.copyOf(rows);
            assertEquals(kept, copy);
            int matching = rows.matching();
            rows.show(row -> row.name().hashCode() % 5 != 0);
            assertEquals(kept, List.copyOf(rows));
            assertEquals(rows.matching(), matching);
        }
    }

    private static void follow(
            ListChangeListener.Change<? extends LiveRow> change, List<LiveRow> copy) {
        while (change.next()) {
            copy.subList(change.getFrom(), change.getFrom() + change.getRemovedSize()).clear();
            copy.addAll(change.getFrom(), change.getAddedSubList());
        }
    }

    @Test
    void tellsWhichCellsHaveChanged() {
        rows.reset(List.of(new Row("1", "ns", "a", "", "1", List.of("a", "Pending"))));
        LiveRow row = rows.get(0);
        rows.apply(
                List.of(new Row("1", "ns", "a", "", "2", List.of("a", "Running"))), List.of(), 5);
        assertTrue(row.isChanged(1));
        assertFalse(row.isChanged(0) || row.isNew());

        // What is seen nowhere is no news.
        rows.apply(
                List.of(new Row("1", "ns", "a", "", "3", List.of("a", "Running"))), List.of(), 9);
        assertEquals(5, row.changedAt());
    }

    @Test
    void tenThousandRowsTakeABurstWithoutDelay() {
        List<Row> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(row("u" + i, "pod-" + i, "Running"));
        }
        rows.reset(many);

        long start = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            rows.apply(List.of(row("u" + i, "pod-" + i, "Failed")), List.of(), 1);
        }
        long each = (System.nanoTime() - start) / 2_000;

        // A linear search would take tens of microseconds on any machine; this takes one or two.
        assertTrue(each < 1_000_000, each + " ns for one change");
        assertEquals(10_000, rows.size());
    }

    private static Row row(String uid, String name, String cell) {
        return new Row(uid, "ns", name, "", "1", List.of(cell));
    }
}
