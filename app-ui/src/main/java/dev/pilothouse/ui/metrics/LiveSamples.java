package dev.pilothouse.ui.metrics;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What metrics.k8s.io said while the page was open, in the form of the history. */
final class LiveSamples {

    /** A day at four a minute. */
    private static final int MOST = 5760;

    private final Map<String, Deque<Sample>> samples = new HashMap<>();

    /**
     * One measurement: thousandths of cores and bytes by container; a node has one without name.
     */
    private record Sample(long time, Map<String, double[]> usage) {}

    /** Takes a PodMetrics or NodeMetrics; one that is known already is passed over. */
    void add(String path, ObjectNode metrics) {
        long time = Instant.parse(Json.text(metrics, "timestamp")).getEpochSecond();
        Deque<Sample> kept = samples.computeIfAbsent(path, _ -> new ArrayDeque<>());
        if (!kept.isEmpty() && kept.getLast().time() >= time) {
            return;
        }
        Map<String, double[]> usage = new HashMap<>();
        if (metrics.has("usage")) {
            usage.put("", usage(metrics));
        }
        for (ObjectNode container : Json.objects(metrics, "containers")) {
            usage.put(Json.text(container, "name"), usage(container));
        }
        kept.addLast(new Sample(time, usage));
        if (kept.size() > MOST) {
            kept.removeFirst();
        }
    }

    private static double[] usage(ObjectNode of) {
        return new double[] {
            Amounts.of(Json.text(of, "usage", "cpu")) * 1000,
            Amounts.of(Json.text(of, "usage", "memory"))
        };
    }

    /** All that was taken. */
    ObjectNode history(String path) {
        Deque<Sample> kept = samples.getOrDefault(path, new ArrayDeque<>());
        ObjectNode history = Json.object();
        ArrayNode times = history.putArray("timestamps");
        ArrayNode cpu = history.putArray("cpuMillicores");
        ArrayNode memory = history.putArray("memoryBytes");
        Set<String> names = new LinkedHashSet<>();
        for (Sample sample : kept) {
            times.add(sample.time());
            double[] sum = new double[2];
            sample.usage()
                    .values()
                    .forEach(value -> {
                        sum[0] += value[0];
                        sum[1] += value[1];
                    });
            cpu.add(sum[0]);
            memory.add(sum[1]);
            names.addAll(sample.usage().keySet());
        }
        names.remove("");
        ArrayNode containers = history.putArray("containers");
        for (String name : names) {
            ObjectNode container = containers.addObject().put("name", name);
            ArrayNode cpuOf = container.putArray("cpuMillicores");
            ArrayNode memoryOf = container.putArray("memoryBytes");
            for (Sample sample : kept) {
                double[] value = sample.usage().get(name);
                if (value == null) {
                    cpuOf.addNull();
                    memoryOf.addNull();
                } else {
                    cpuOf.add(value[0]);
                    memoryOf.add(value[1]);
                }
            }
        }
        return history;
    }
}
