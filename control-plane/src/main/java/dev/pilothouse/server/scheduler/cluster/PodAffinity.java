package dev.pilothouse.server.scheduler.cluster;

import java.util.List;

/**
 * How a pod wants to be placed relative to other pods.
 *
 * @param required must be near
 * @param requiredAnti must be away from
 * @param preferred would be near
 * @param preferredAnti would be away from
 */
public record PodAffinity(
        List<AffinityTerm> required,
        List<AffinityTerm> requiredAnti,
        List<AffinityTerm> preferred,
        List<AffinityTerm> preferredAnti) {

    /** Indifferent to other pods. */
    public static final PodAffinity NONE =
            new PodAffinity(List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public PodAffinity {
        required = List.copyOf(required);
        requiredAnti = List.copyOf(requiredAnti);
        preferred = List.copyOf(preferred);
        preferredAnti = List.copyOf(preferredAnti);
    }

    /** Whether nothing is asked for. */
    public boolean isEmpty() {
        return required.isEmpty()
                && requiredAnti.isEmpty()
                && preferred.isEmpty()
                && preferredAnti.isEmpty();
    }
}
