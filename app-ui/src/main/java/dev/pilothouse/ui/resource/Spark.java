package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Row;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of small charts. Its cells are asked for only while somebody can see them.
 *
 * @param key names it in what is written down
 * @param title the heading
 * @param chart the chart of a row; null while there is none
 */
public record Spark(String key, String title, Function<Row, @Nullable Chart> chart) {

    /**
     * A chart.
     *
     * @param values at equal distances; NaN is a gap
     * @param text the last one, for people
     */
    @SuppressWarnings("ArrayRecordComponent") // A few numbers to be drawn; nobody changes them.
    public record Chart(double[] values, String text) {}
}
