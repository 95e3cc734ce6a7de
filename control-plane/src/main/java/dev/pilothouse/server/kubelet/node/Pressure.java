package dev.pilothouse.server.kubelet.node;

import dev.pilothouse.model.meta.Quantity;
import java.util.Optional;

/**
 * What the host runs out of.
 *
 * @param memory whether of memory
 * @param disk whether of disk space
 * @param availableMemory bytes that are left
 * @param availableDisk bytes that are left
 */
public record Pressure(boolean memory, boolean disk, long availableMemory, long availableDisk) {

    /**
     * When the host counts as running out.
     *
     * @param memory fewest bytes of memory
     * @param disk fewest bytes of disk space
     */
    public record Thresholds(long memory, long disk) {

        /**
         * Memory as in Kubernetes. Of the disk, a tenth as in Kubernetes would put many a laptop
         * under pressure, whose owner has other things on the disk than pods.
         */
        public static final Thresholds DEFAULT = new Thresholds(100L << 20, 512L << 20);

        /**
         * Reads thresholds in the form of the kubelet's option {@code --eviction-hard}, with
         * quantities. What is not named is as by default.
         *
         * @throws IllegalArgumentException that says what is expected
         */
        public static Thresholds parse(String text) {
            long memory = DEFAULT.memory();
            long disk = DEFAULT.disk();
            for (String part : text.split(",", -1)) {
                String[] sides = part.strip().split("<", -1);
                if (sides.length != 2 || !Quantity.isValid(sides[1])) {
                    throw new IllegalArgumentException(EXPECTED);
                }
                long bytes = Quantity.parse(sides[1]).value();
                switch (sides[0]) {
                    case "memory.available" -> memory = bytes;
                    case "nodefs.available" -> disk = bytes;
                    default -> throw new IllegalArgumentException(EXPECTED);
                }
            }
            return new Thresholds(memory, disk);
        }

        private static final String EXPECTED = "like memory.available<100Mi,nodefs.available<512Mi";
    }

    /** The pressure at these amounts. */
    static Pressure of(long availableMemory, long availableDisk, Thresholds thresholds) {
        return new Pressure(
                availableMemory < thresholds.memory(),
                availableDisk < thresholds.disk(),
                availableMemory,
                availableDisk);
    }

    /** The resource that is short, as the eviction API names it. */
    public Optional<String> resource() {
        if (memory) {
            return Optional.of("memory");
        }
        return disk ? Optional.of("ephemeral-storage") : Optional.empty();
    }
}
