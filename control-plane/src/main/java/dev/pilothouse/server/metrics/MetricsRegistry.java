package dev.pilothouse.server.metrics;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The metrics of one server, by name. Registering and counting are thread-safe; counting takes no
 * lock.
 */
public final class MetricsRegistry {

    private final ConcurrentSkipListMap<String, Family> families = new ConcurrentSkipListMap<>();

    /** An empty registry. */
    public MetricsRegistry() {}

    /** A family of counters, made when it is not there yet. */
    public CounterFamily counters(String name, String help, List<String> labels) {
        return (CounterFamily)
                families.computeIfAbsent(name, n -> new CounterFamily(n, "counter", help, labels));
    }

    /** A family of gauges that go up and down, made when it is not there yet. */
    public CounterFamily gauges(String name, String help, List<String> labels) {
        return (CounterFamily)
                families.computeIfAbsent(name, n -> new CounterFamily(n, "gauge", help, labels));
    }

    /** A family of histograms, made when it is not there yet. */
    public HistogramFamily histograms(
            String name, String help, List<String> labels, double[] bounds) {
        return (HistogramFamily)
                families.computeIfAbsent(name, n -> new HistogramFamily(n, help, labels, bounds));
    }

    /** A gauge whose value is asked for when the metrics are read; replaces an earlier one. */
    public void gauge(String name, String help, DoubleSupplier value) {
        families.put(name, new SampledFamily(name, "gauge", help, value));
    }

    /** A counter that is kept elsewhere and asked for when the metrics are read. */
    public void counter(String name, String help, LongSupplier value) {
        families.put(name, new SampledFamily(name, "counter", help, value::getAsLong));
    }

    /** All metrics in the Prometheus text format, version 0.0.4. */
    public String text() {
        StringBuilder out = new StringBuilder(16 * 1024);
        for (Family family : families.values()) {
            out.append("# HELP ").append(family.name()).append(' ').append(family.help());
            out.append("\n# TYPE ").append(family.name()).append(' ').append(family.type());
            out.append('\n');
            family.write(out);
        }
        return out.toString();
    }
}
