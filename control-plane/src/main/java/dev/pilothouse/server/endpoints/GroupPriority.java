package dev.pilothouse.server.endpoints;

import java.util.Comparator;
import java.util.Map;

/**
 * The order in which groups are shown, on which clients rely when a short name is ambiguous.
 * Source: kube-apiserver's group priorities.
 */
final class GroupPriority {

    private static final int CUSTOM = 1000;
    private static final Map<String, Integer> BUILT_IN =
            Map.ofEntries(
                    Map.entry("", 18_000),
                    Map.entry("apiregistration.k8s.io", 18_000),
                    Map.entry("apps", 17_800),
                    Map.entry("events.k8s.io", 17_750),
                    Map.entry("authentication.k8s.io", 17_700),
                    Map.entry("authorization.k8s.io", 17_600),
                    Map.entry("autoscaling", 17_500),
                    Map.entry("batch", 17_400),
                    Map.entry("certificates.k8s.io", 17_300),
                    Map.entry("networking.k8s.io", 17_200),
                    Map.entry("policy", 17_100),
                    Map.entry("rbac.authorization.k8s.io", 17_000),
                    Map.entry("storage.k8s.io", 16_800),
                    Map.entry("admissionregistration.k8s.io", 16_700),
                    Map.entry("apiextensions.k8s.io", 16_700),
                    Map.entry("scheduling.k8s.io", 16_600),
                    Map.entry("coordination.k8s.io", 16_500),
                    Map.entry("node.k8s.io", 16_300),
                    Map.entry("discovery.k8s.io", 16_200),
                    Map.entry("flowcontrol.apiserver.k8s.io", 16_100),
                    Map.entry("internal.apiserver.k8s.io", 16_000),
                    Map.entry("resource.k8s.io", 15_900),
                    Map.entry("storagemigration.k8s.io", 15_800),
                    Map.entry("metrics.k8s.io", 100));

    /** First group first. */
    static final Comparator<String> ORDER =
            Comparator.comparingInt(GroupPriority::priority)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder());

    private GroupPriority() {}

    private static int priority(String group) {
        return BUILT_IN.getOrDefault(group, CUSTOM);
    }
}
