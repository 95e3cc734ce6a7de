package dev.pilothouse.ui.chart;

import java.util.Arrays;
import java.util.List;

/**
 * Values over time.
 *
 * @param name for people
 * @param times seconds since 1970, rising
 * @param values beside them; NaN where nothing was measured
 */
@SuppressWarnings("ArrayRecordComponent") // Thousands of numbers; nobody changes them.
public record Series(String name, long[] times, double[] values) {

    /**
     * Takes the arrays as they are.
     *
     * @throws IllegalArgumentException when they differ in length
     */
    public Series {
        if (times.length != values.length) {
            throw new IllegalArgumentException("as many times as values");
        }
    }

    /** Without values. */
    public static Series empty(String name) {
        return new Series(name, new long[0], new double[0]);
    }

    /** The value at a time: of the last measurement before it, at most two steps ago; else NaN. */
    public double at(long time) {
        int place = Arrays.binarySearch(times, time);
        int index = place >= 0 ? place : -place - 2;
        if (index < 0 || time - times[index] > 2 * step()) {
            return Double.NaN;
        }
        return values[index];
    }

    /** The usual distance of measurements, in seconds. */
    public long step() {
        return times.length < 2
                ? 60
                : Math.max(1, (times[times.length - 1] - times[0]) / (times.length - 1));
    }

    /** The largest value in a span of time; 0 when there is none. */
    public double largest(long from, long to) {
        double largest = 0;
        for (int i = 0; i < times.length; i++) {
            if (times[i] >= from && times[i] <= to && values[i] > largest) {
                largest = values[i];
            }
        }
        return largest;
    }

    /** The last value that was measured; NaN when there is none. */
    public double last() {
        for (int i = values.length - 1; i >= 0; i--) {
            if (!Double.isNaN(values[i])) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    /** The sum at each time at which any of them has a value. */
    public static Series sum(String name, List<Series> parts) {
        long[] times =
                parts.stream()
                        .flatMapToLong(part -> Arrays.stream(part.times()))
                        .distinct()
                        .sorted()
                        .toArray();
        double[] sums = new double[times.length];
        Arrays.fill(sums, Double.NaN);
        for (Series part : parts) {
            for (int i = 0; i < part.times.length; i++) {
                if (!Double.isNaN(part.values[i])) {
                    int at = Arrays.binarySearch(times, part.times[i]);
                    sums[at] = Double.isNaN(sums[at]) ? part.values[i] : sums[at] + part.values[i];
                }
            }
        }
        return new Series(name, times, sums);
    }

    /**
     * The least and the largest value of each column of pixels: what is drawn of any number of
     * points looks as all of them would.
     *
     * @return two numbers for each column, NaN where there is nothing
     */
    public double[] columns(long from, long to, int columns) {
        double[] result = new double[columns * 2];
        Arrays.fill(result, Double.NaN);
        double perColumn = Math.max(1e-9, (double) (to - from) / columns);
        for (int i = 0; i < times.length; i++) {
            double value = values[i];
            if (Double.isNaN(value) || times[i] < from || times[i] > to) {
                continue;
            }
            int column = Math.min(columns - 1, (int) ((times[i] - from) / perColumn));
            double low = result[column * 2];
            double high = result[column * 2 + 1];
            result[column * 2] = Double.isNaN(low) ? value : Math.min(low, value);
            result[column * 2 + 1] = Double.isNaN(high) ? value : Math.max(high, value);
        }
        return result;
    }
}
