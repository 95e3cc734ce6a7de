package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageException;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet begins with.
 *
 * @param nodes how many nodes there are at least, named {@code sim-1}, {@code sim-2} ...
 * @param stages what becomes of pods and nodes; asked for when there is one
 */
public record FleetOptions(int nodes, Supplier<StageSet> stages) {

    /** What a node has when nothing else is said. */
    static final Map<String, String> CAPACITY =
            Map.of("cpu", "8", "memory", "32Gi", "pods", "110", "ephemeral-storage", "200Gi");

    /** Refuses a negative number. */
    public FleetOptions {
        if (nodes < 0) {
            throw new IllegalArgumentException("there cannot be fewer than no nodes");
        }
    }

    /**
     * Options with the stages of a file or directory besides the built-in ones.
     *
     * @param stages null for the built-in ones only
     * @throws IOException when the stages cannot be used; the message is for people
     */
    public static FleetOptions of(int nodes, @Nullable Path stages) throws IOException {
        if (stages == null) {
            return new FleetOptions(nodes, StageSet::builtIn);
        }
        try {
            StageSet all = StageSet.builtIn().with(stages);
            return new FleetOptions(nodes, () -> all);
        } catch (StageException e) {
            throw new IOException("The stages cannot be used: " + e.getMessage(), e);
        }
    }
}
