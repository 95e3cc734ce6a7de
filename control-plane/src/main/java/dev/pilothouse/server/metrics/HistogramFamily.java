package dev.pilothouse.server.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Histograms that differ in their labels. Thread-safe. */
public final class HistogramFamily implements Family {

    private final String name;
    private final String help;
    private final List<String> labels;
    private final double[] bounds;
    private final Map<List<String>, Histogram> histograms = new ConcurrentHashMap<>();

    HistogramFamily(String name, String help, List<String> labels, double[] bounds) {
        this.name = name;
        this.help = help;
        this.labels = List.copyOf(labels);
        this.bounds = bounds.clone();
    }

    /** The histogram with these label values, made when it is not there yet. */
    public Histogram with(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labels);
        }
        return histograms.computeIfAbsent(List.of(values), key -> new Histogram(bounds));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public String type() {
        return "histogram";
    }

    @Override
    public void write(StringBuilder out) {
        histograms.forEach((values, histogram) -> {
            StringBuilder given = new StringBuilder();
            Samples.labels(given, labels, values);
            histogram.write(out, name, given.toString());
        });
    }
}
