package dev.pilothouse.server.kubelet.node;

import dev.pilothouse.server.kubelet.cri.RuntimeVersion;

/**
 * What a node says of itself.
 *
 * @param name its name
 * @param runtimeLabel value of the label and taint {@code pilothouse.dev/runtime}
 * @param tainted whether pods must ask for this runtime
 * @param runtime what runs its pods
 * @param share into how many nodes the host is divided
 * @param pods how many pods it takes
 * @param eviction when pods are evicted
 */
public record NodeSettings(
        String name,
        String runtimeLabel,
        boolean tainted,
        RuntimeVersion runtime,
        int share,
        int pods,
        Pressure.Thresholds eviction) {

    /** Source: the kubelet's default. */
    public static final int DEFAULT_PODS = 110;
}
