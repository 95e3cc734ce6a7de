package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.meta.Quantity;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Amounts of resources. Immutable.
 *
 * @param milliCpu thousandths of a core
 * @param memory bytes
 * @param ephemeralStorage bytes
 * @param scalars extended resources, huge pages and attachable volumes in whole units
 */
public record Resources(
        long milliCpu, long memory, long ephemeralStorage, Map<String, Long> scalars) {

    /** Nothing. */
    public static final Resources ZERO = new Resources(0, 0, 0, Map.of());

    /** The resource that is counted in thousandths. */
    public static final String CPU = "cpu";

    /** The resource of working memory. */
    public static final String MEMORY = "memory";

    /** The resource of local disk. */
    public static final String EPHEMERAL_STORAGE = "ephemeral-storage";

    /** How many pods a node takes; no pod asks for it. */
    public static final String PODS = "pods";

    /** Copies the map. */
    public Resources {
        scalars = Map.copyOf(scalars);
    }

    /** Reads a map of quantities; what is not one counts as nothing. */
    public static Resources of(@Nullable ObjectNode quantities) {
        if (quantities == null || quantities.isEmpty()) {
            return ZERO;
        }
        long cpu = 0;
        long memory = 0;
        long storage = 0;
        Map<String, Long> scalars = Map.of();
        for (Map.Entry<String, JsonNode> entry : quantities.properties()) {
            Quantity quantity = quantity(entry.getValue());
            switch (entry.getKey()) {
                case CPU -> cpu = quantity.milliValue();
                case MEMORY -> memory = quantity.value();
                case EPHEMERAL_STORAGE -> storage = quantity.value();
                case PODS -> {}
                default -> {
                    scalars = scalars.isEmpty() ? new TreeMap<>() : scalars;
                    scalars.put(entry.getKey(), quantity.value());
                }
            }
        }
        return new Resources(cpu, memory, storage, scalars);
    }

    /** The amount of one resource, thousandths for CPU. */
    public long get(String resource) {
        return switch (resource) {
            case CPU -> milliCpu;
            case MEMORY -> memory;
            case EPHEMERAL_STORAGE -> ephemeralStorage;
            default -> scalars.getOrDefault(resource, 0L);
        };
    }

    /** With another amount of one resource. */
    public Resources with(String resource, long amount) {
        return switch (resource) {
            case CPU -> new Resources(amount, memory, ephemeralStorage, scalars);
            case MEMORY -> new Resources(milliCpu, amount, ephemeralStorage, scalars);
            case EPHEMERAL_STORAGE -> new Resources(milliCpu, memory, amount, scalars);
            default -> {
                Map<String, Long> changed = new TreeMap<>(scalars);
                changed.put(resource, amount);
                yield new Resources(milliCpu, memory, ephemeralStorage, changed);
            }
        };
    }

    /** The sum. */
    public Resources plus(Resources other) {
        return new Resources(
                milliCpu + other.milliCpu,
                memory + other.memory,
                ephemeralStorage + other.ephemeralStorage,
                merge(other, 1));
    }

    /** The difference, which may be below zero. */
    public Resources minus(Resources other) {
        return new Resources(
                milliCpu - other.milliCpu,
                memory - other.memory,
                ephemeralStorage - other.ephemeralStorage,
                merge(other, -1));
    }

    /** The larger amount of each resource. */
    public Resources max(Resources other) {
        Map<String, Long> larger = scalars;
        if (!other.scalars.isEmpty()) {
            larger = new TreeMap<>(scalars);
            for (Map.Entry<String, Long> entry : other.scalars.entrySet()) {
                larger.merge(entry.getKey(), entry.getValue(), Math::max);
            }
        }
        return new Resources(
                Math.max(milliCpu, other.milliCpu),
                Math.max(memory, other.memory),
                Math.max(ephemeralStorage, other.ephemeralStorage),
                larger);
    }

    private Map<String, Long> merge(Resources other, int sign) {
        if (other.scalars.isEmpty()) {
            return scalars;
        }
        Map<String, Long> sum = new TreeMap<>(scalars);
        other.scalars.forEach((name, amount) -> sum.merge(name, sign * amount, Long::sum));
        return sum;
    }

    private static Quantity quantity(JsonNode value) {
        try {
            return value.isNumber()
                    ? Quantity.parse(value.asString())
                    : Quantity.parse(value.asString(""));
        } catch (IllegalArgumentException _) {
            return Quantity.ZERO;
        }
    }
}
