package dev.pilothouse.ui.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.ui.cluster.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowOrderTest {

    private static final RowOrder NUMBERS = RowOrder.byNumbers(row -> row.cell(0));

    @Test
    void numbersCountByValueAndComeBeforeWords() {
        assertEquals(
                List.of("", "-1", "2", "3 (5m ago)", "9/10", "10/10", "012", "<none>", "Running"),
                sorted("Running", "012", "10/10", "9/10", "", "<none>", "3 (5m ago)", "2", "-1"));
    }

    @Test
    void numbersThatFitNoLongAreTexts() {
        assertEquals(
                List.of("7", "1234567890123456789012", "a"),
                sorted("a", "1234567890123456789012", "7"));
    }

    @Test
    void sortsAsAStableSortByTheSameOrderDoes() {
        var random = new Random(3);
        for (RowOrder order : List.of(NUMBERS, NUMBERS.turned(), RowOrder.of(Row::name))) {
            List<LiveRow> rows = new ArrayList<>();
            for (int i = 0; i < 9_000; i++) {
                rows.add(row("n" + random.nextInt(8_000), random.nextInt(30) + "/" + i % 2));
            }
            List<LiveRow> wanted = new ArrayList<>(rows);
            wanted.sort(Comparator.comparing(LiveRow::row, order));

            order.sort(rows);

            assertEquals(wanted, rows);
        }
    }

    private static List<String> sorted(String... cells) {
        List<LiveRow> rows = new ArrayList<>();
        for (String cell : cells) {
            rows.add(row("x", cell));
        }
        NUMBERS.sort(rows);
        return rows.stream().map(live -> live.row().cell(0)).toList();
    }

    private static LiveRow row(String name, String cell) {
        return new LiveRow(new Row("u", "ns", name, "", "1", List.of(cell)), 0);
    }
}
