package dev.pilothouse.server.kubelet.runtime.simulated;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a pod at a moment.
 *
 * @param state its state now
 * @param notes what is to be told
 * @param due when to look again, or null for only when something changes
 * @param attempts how often in a row its image could not be pulled
 */
record Step(PodState state, List<Note> notes, @Nullable Instant due, int attempts) {

    Step {
        notes = List.copyOf(notes);
    }

    /**
     * What is remembered between two looks at a pod, for which its status has no place.
     *
     * @param due when it was to be looked at again
     * @param attempts how often in a row its image could not be pulled
     */
    record Memory(@Nullable Instant due, int attempts) {
        static final Memory NONE = new Memory(null, 0);
    }
}
