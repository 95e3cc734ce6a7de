package dev.pilothouse.server.scheduler.cluster;

/**
 * A volume of a pod that matters for where it can run.
 *
 * @param name the volume's name in the pod
 * @param claim the claim's name, empty when there is none
 * @param ephemeral whether the claim is made for the pod
 * @param disk what identifies a disk that is named in the pod itself, empty when none is
 * @param readOnly whether it is only read
 */
public record PodVolume(
        String name, String claim, boolean ephemeral, String disk, boolean readOnly) {}
