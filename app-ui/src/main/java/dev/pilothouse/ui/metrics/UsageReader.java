package dev.pilothouse.ui.metrics;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.chart.ChartLink.Mark;
import dev.pilothouse.ui.chart.Series;
import dev.pilothouse.ui.chart.TimeChart.Level;
import dev.pilothouse.ui.cluster.ApiPaths;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.EventTimes;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.RefusedException;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what a pod, a workload, a node or the whole cluster uses: from the history that the
 * embedded server keeps, or else from metrics.k8s.io, which knows only the present. Blocks; one
 * thread.
 */
final class UsageReader {

    /** Each is one request; the rest counts in no chart, which is said. */
    private static final int MOST = 40;

    private final Cluster cluster;
    private final @Nullable ObjectRef object;
    private final UsageSource source;

    /**
     * A reader.
     *
     * @param object whose usage; null for the whole cluster
     */
    UsageReader(Cluster cluster, @Nullable ObjectRef object) {
        this.cluster = cluster;
        this.object = object;
        this.source = new UsageSource(cluster);
    }

    /**
     * Reads a span of time, in seconds since 1970.
     *
     * @throws IOException when it cannot be read; the message is a sentence
     */
    Usage read(long from, long to) throws IOException, InterruptedException {
        ObjectRef ref = object;
        if (ref == null || ref.kind().resource().equals("nodes")) {
            return nodes(ref, from, to);
        }
        if (ref.kind().resource().equals("pods")) {
            ObjectNode pod = cluster.object(Kinds.PODS, ref.namespace(), ref.name());
            return pods(List.of(pod), ref, true, from, to);
        }
        ObjectNode workload = cluster.object(ref.kind(), ref.namespace(), ref.name());
        List<String> labels = new ArrayList<>();
        workload.path("spec")
                .path("selector")
                .path("matchLabels")
                .properties()
                .forEach(label -> labels.add(label.getKey() + "=" + label.getValue().asString("")));
        if (labels.isEmpty()) {
            throw new IOException(Texts.text("metrics.noSelector", ref.kind().kind()));
        }
        String query = "labelSelector=" + ApiPaths.parameter(String.join(",", labels));
        List<ObjectNode> found = cluster.objects(Kinds.PODS, ref.namespace(), query);
        return pods(found.subList(0, Math.min(MOST, found.size())), ref, false, from, to);
    }

    // ---- nodes

    private Usage nodes(@Nullable ObjectRef one, long from, long to)
            throws IOException, InterruptedException {
        List<ObjectNode> nodes =
                one == null
                        ? cluster.objects(Kinds.NODES, "", "")
                        : List.of(cluster.object(Kinds.NODES, "", one.name()));
        List<Series> cpu = new ArrayList<>();
        List<Series> memory = new ArrayList<>();
        double cores = 0;
        double bytes = 0;
        for (ObjectNode node : nodes.subList(0, Math.min(MOST, nodes.size()))) {
            String name = Json.text(node, "metadata", "name");
            ObjectNode read = usage("nodes/" + name, from, to);
            cpu.add(series(name, read, "cpuMillicores"));
            memory.add(series(name, read, "memoryBytes"));
            cores += Amounts.of(Json.text(node, "status", "allocatable", "cpu")) * 1000;
            bytes += Amounts.of(Json.text(node, "status", "allocatable", "memory"));
        }
        String allocatable = Texts.text("metrics.allocatable");
        return new Usage(
                one == null ? withSum(cpu) : cpu,
                one == null ? withSum(memory) : memory,
                List.of(new Level(allocatable, cores, true)),
                List.of(new Level(allocatable, bytes, true)),
                one == null ? List.of() : marks("", one.name(), true),
                source.hasHistory());
    }

    private static List<Series> withSum(List<Series> parts) {
        List<Series> all = new ArrayList<>(parts);
        all.sort(
                Comparator.comparingDouble(
                                (Series each) -> Double.isNaN(each.last()) ? 0 : each.last())
                        .reversed());
        if (parts.size() > 1) {
            all.addFirst(Series.sum(Texts.text("metrics.sum"), parts));
        }
        return all;
    }

    // ---- pods

    private Usage pods(List<ObjectNode> pods, ObjectRef ref, boolean containers, long from, long to)
            throws IOException, InterruptedException {
        List<Series> cpu = new ArrayList<>();
        List<Series> memory = new ArrayList<>();
        for (ObjectNode pod : pods) {
            String name = Json.text(pod, "metadata", "name");
            String path = "namespaces/" + ref.namespace() + "/pods/" + name;
            ObjectNode read = usage(path, from, to);
            if (containers) {
                for (ObjectNode container : Json.objects(read, "containers")) {
                    ObjectNode timed = container.deepCopy();
                    timed.set("timestamps", read.path("timestamps"));
                    String label = Json.text(container, "name");
                    cpu.add(series(label, timed, "cpuMillicores"));
                    memory.add(series(label, timed, "memoryBytes"));
                }
            } else {
                cpu.add(series(name, read, "cpuMillicores"));
                memory.add(series(name, read, "memoryBytes"));
            }
        }
        return new Usage(
                withSum(cpu),
                withSum(memory),
                levels(pods, "cpu", 1000),
                levels(pods, "memory", 1),
                marks(ref.namespace(), ref.name(), containers),
                source.hasHistory());
    }

    private static List<Level> levels(List<ObjectNode> pods, String resource, double factor) {
        List<Level> levels = new ArrayList<>();
        for (String kind : new String[] {"requests", "limits"}) {
            double sum = 0;
            boolean all = !pods.isEmpty();
            for (ObjectNode pod : pods) {
                for (ObjectNode container : Json.objects(pod.path("spec"), "containers")) {
                    String text = Json.text(container, "resources", kind, resource);
                    // Where one container has no limit, the pods have none together.
                    all &= !text.isEmpty() || kind.equals("requests");
                    sum += text.isEmpty() ? 0 : Amounts.of(text) * factor;
                }
            }
            if (all && sum > 0) {
                levels.add(new Level(Texts.text("metrics." + kind), sum, kind.equals("limits")));
            }
        }
        return levels;
    }

    // ---- figures

    private ObjectNode usage(String path, long from, long to)
            throws IOException, InterruptedException {
        return source.read(path, from, to);
    }

    private static Series series(String name, JsonNode read, String field) {
        JsonNode times = read.path("timestamps");
        JsonNode values = read.path(field);
        int count = Math.min(times.size(), values.size());
        long[] seconds = new long[count];
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            seconds[i] = times.get(i).asLong(0);
            numbers[i] = values.get(i).isNumber() ? values.get(i).asDouble(0) : Double.NaN;
        }
        return new Series(name, seconds, numbers);
    }

    // ---- events

    private List<Mark> marks(String namespace, String name, boolean exact)
            throws IOException, InterruptedException {
        String query = exact ? "fieldSelector=involvedObject.name%3D" + name : "";
        List<Mark> marks = new ArrayList<>();
        try {
            for (ObjectNode event : cluster.objects(Kinds.EVENTS, namespace, query)) {
                String about = Json.text(event, "involvedObject", "name");
                if (about.equals(name) || (!exact && about.startsWith(name + "-"))) {
                    String text = Json.text(event, "reason") + ": " + Json.text(event, "message");
                    boolean warning = Json.text(event, "type").equals("Warning");
                    marks.add(new Mark(time(event), exact ? text : about + " " + text, warning));
                }
            }
        } catch (RefusedException e) {
            // Charts without events are better than none.
            return List.of();
        }
        marks.sort(Comparator.comparingLong(Mark::time));
        return marks;
    }

    private static long time(ObjectNode event) {
        try {
            return Instant.parse(EventTimes.last(event)).getEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
