package dev.pilothouse.ui.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What charts make of numbers. */
class SeriesTest {

    private static final double NONE = Double.NaN;

    @Test
    void drawsTheExtremesOfEachColumn() {
        long[] times = new long[10_000];
        double[] values = new double[10_000];
        for (int i = 0; i < times.length; i++) {
            times[i] = i;
            values[i] = i % 100;
        }
        values[5050] = 900;
        values[200] = NONE;
        double[] columns = new Series("x", times, values).columns(0, 10_000, 100);
        assertEquals(200, columns.length);
        assertEquals(0, columns[0]);
        assertEquals(99, columns[1]);
        assertEquals(1, columns[4]);
        assertEquals(900, columns[101]);
    }

    @Test
    void leavesColumnsWithoutValuesEmpty() {
        var series = new Series("x", new long[] {0, 90}, new double[] {5, 7});
        assertArrayEquals(new double[] {5, 5, NONE, NONE, 7, 7}, series.columns(0, 100, 3), 0);
        assertArrayEquals(new double[] {NONE, NONE}, series.columns(200, 300, 1), 0);
    }

    @Test
    void sumsWhatIsMeasuredAtTheSameTime() {
        Series sum =
                Series.sum(
                        "all",
                        List.of(
                                new Series("a", new long[] {15, 30}, new double[] {1, 2}),
                                new Series("b", new long[] {30, 45}, new double[] {10, NONE})));
        assertArrayEquals(new long[] {15, 30, 45}, sum.times());
        assertArrayEquals(new double[] {1, 12, NONE}, sum.values(), 0);
        assertEquals(12, sum.last());
    }

    @Test
    void knowsTheValueAtATimeUnlessItIsTooOld() {
        var series = new Series("x", new long[] {0, 15, 30}, new double[] {1, 2, 3});
        assertEquals(2, series.at(20));
        assertEquals(3, series.at(50));
        assertTrue(Double.isNaN(series.at(-1)));
        assertTrue(Double.isNaN(series.at(1000)));
    }

    @Test
    void stepsAreRoundNumbers() {
        assertEquals(List.of(0.0, 50.0, 100.0, 150.0), Ticks.values(140, 3, false));
        assertEquals(List.of(0.0, 1024.0, 2048.0, 3072.0), Ticks.values(2100, 3, true));
        assertEquals(List.of(3600L, 4500L, 5400L), Ticks.times(3000, 6000, 4, 0));
        assertEquals(2, Ticks.values(0, 1, false).size());
    }

    @Test
    void writesValuesForPeople() {
        assertEquals("250m", Unit.MILLICORES.format(250));
        assertEquals("1.5", Unit.MILLICORES.format(1500));
        assertEquals("0", Unit.MILLICORES.format(0));
        assertEquals("64 MiB", Unit.BYTES.format(64 << 20));
        assertEquals("1.5 GiB", Unit.BYTES.format(1.5 * (1 << 30)));
        assertEquals("–", Unit.BYTES.format(NONE));
    }
}
