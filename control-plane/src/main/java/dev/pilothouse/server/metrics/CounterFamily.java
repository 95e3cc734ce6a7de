package dev.pilothouse.server.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters or gauges that differ in their labels. Thread-safe. */
public final class CounterFamily implements Family {

    private final String name;
    private final String type;
    private final String help;
    private final List<String> labels;
    private final Map<List<String>, LongAdder> counters = new ConcurrentHashMap<>();

    CounterFamily(String name, String type, String help, List<String> labels) {
        this.name = name;
        this.type = type;
        this.help = help;
        this.labels = List.copyOf(labels);
    }

    /** The counter with these label values, made when it is not there yet. */
    public LongAdder with(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labels);
        }
        return counters.computeIfAbsent(List.of(values), key -> new LongAdder());
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
        return type;
    }

    @Override
    public void write(StringBuilder out) {
        counters.forEach((values, counter) -> {
            out.append(name);
            if (!labels.isEmpty()) {
                out.append('{');
                Samples.labels(out, labels, values);
                out.append('}');
            }
            out.append(' ').append(counter.sum()).append('\n');
        });
    }
}
