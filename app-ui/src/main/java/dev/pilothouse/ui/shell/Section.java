package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;
import java.util.Locale;
import java.util.Set;

/** The navigator's sections, in their order. */
enum Section {
    PAGES,
    VIEWS,
    WORKLOADS,
    NETWORK,
    CONFIG,
    STORAGE,
    ACCESS,
    CLUSTER,
    CUSTOM;

    private static final Set<String> CORE_WORKLOADS =
            Set.of("Pod", "PodTemplate", "ReplicationController");
    private static final Set<String> CORE_NETWORK = Set.of("Service", "Endpoints");
    private static final Set<String> CORE_CONFIG =
            Set.of("ConfigMap", "Secret", "LimitRange", "ResourceQuota");
    private static final Set<String> CORE_STORAGE =
            Set.of("PersistentVolume", "PersistentVolumeClaim");

    /** Where a kind belongs; groups that are not Kubernetes' own are custom resources. */
    static Section of(Kind kind) {
        return switch (kind.group()) {
            case "" -> ofCore(kind.kind());
            case "apps", "batch", "autoscaling" -> WORKLOADS;
            case "networking.k8s.io", "discovery.k8s.io" -> NETWORK;
            case "policy", "scheduling.k8s.io", "admissionregistration.k8s.io" -> CONFIG;
            case "storage.k8s.io", "storagemigration.k8s.io" -> STORAGE;
            case "rbac.authorization.k8s.io", "certificates.k8s.io" -> ACCESS;
            case "apiextensions.k8s.io",
                    "apiregistration.k8s.io",
                    "coordination.k8s.io",
                    "events.k8s.io",
                    "flowcontrol.apiserver.k8s.io",
                    "internal.apiserver.k8s.io",
                    "node.k8s.io",
                    "resource.k8s.io" ->
                    CLUSTER;
            default -> CUSTOM;
        };
    }

    private static Section ofCore(String kind) {
        if (CORE_WORKLOADS.contains(kind)) {
            return WORKLOADS;
        }
        if (CORE_NETWORK.contains(kind)) {
            return NETWORK;
        }
        if (CORE_CONFIG.contains(kind)) {
            return CONFIG;
        }
        if (CORE_STORAGE.contains(kind)) {
            return STORAGE;
        }
        return kind.equals("ServiceAccount") ? ACCESS : CLUSTER;
    }

    /** The heading. */
    String title() {
        return Texts.text("section." + name().toLowerCase(Locale.ROOT));
    }
}
