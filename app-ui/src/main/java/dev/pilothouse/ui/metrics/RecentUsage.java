package dev.pilothouse.ui.metrics;

import dev.pilothouse.ui.chart.Unit;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What single pods and nodes have used in the last quarter of an hour. Blocks; one thread. */
public final class RecentUsage {

    private static final long SPAN = 900;

    private final UsageSource source;
    private final InstantSource clock;

    /**
     * Values at equal distances, the oldest first; NaN where nothing was measured.
     *
     * @param cpu in thousandths of a core
     * @param memory in bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // A few numbers to be drawn; nobody changes them.
    public record Recent(double[] cpu, double[] memory) {

        /** The last CPU value for people. */
        public String cpuText() {
            return Unit.MILLICORES.format(last(cpu));
        }

        /** The last memory value for people. */
        public String memoryText() {
            return Unit.BYTES.format(last(memory));
        }

        private static double last(double[] values) {
            for (int i = values.length - 1; i >= 0; i--) {
                if (!Double.isNaN(values[i])) {
                    return values[i];
                }
            }
            return Double.NaN;
        }
    }

    /** Of a cluster. */
    public RecentUsage(Cluster cluster, InstantSource clock) {
        this.source = new UsageSource(cluster);
        this.clock = clock;
    }

    /** Whether objects of a kind are measured. */
    public static boolean measures(Kind kind) {
        return kind.group().isEmpty()
                && (kind.resource().equals("pods") || kind.resource().equals("nodes"));
    }

    /**
     * Reads what an object has used.
     *
     * @return null when nothing is known of it
     * @throws IOException when it cannot be read; the message is a sentence for people
     */
    public @Nullable Recent read(Kind kind, String namespace, String name)
            throws IOException, InterruptedException {
        String path =
                kind.namespaced() ? "namespaces/" + namespace + "/pods/" + name : "nodes/" + name;
        long now = clock.instant().getEpochSecond();
        ObjectNode read = source.read(path, now - SPAN, now);
        double[] cpu = numbers(read.path("cpuMillicores"));
        double[] memory = numbers(read.path("memoryBytes"));
        return cpu.length == 0 && memory.length == 0 ? null : new Recent(cpu, memory);
    }

    /** Without the gap before the first measurement: a new pod's line begins at the left. */
    private static double[] numbers(JsonNode values) {
        int first = 0;
        while (first < values.size() && !values.get(first).isNumber()) {
            first++;
        }
        int last = values.size();
        while (last > first && !values.get(last - 1).isNumber()) {
            last--;
        }
        double[] numbers = new double[last - first];
        for (int i = first; i < last; i++) {
            numbers[i - first] = values.get(i).isNumber() ? values.get(i).asDouble(0) : Double.NaN;
        }
        return numbers;
    }
}
