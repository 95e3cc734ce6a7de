package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of pod specs. Source: pkg/apis/core/v1/defaults.go and conversion.go. */
public final class PodSpecDefaults {

    private PodSpecDefaults() {}

    /** Defaults of the spec of a pod itself: those of every pod spec and some more. */
    public static void applyToPod(@Nullable JsonNode spec) {
        if (!(spec instanceof ObjectNode pod)) {
            return;
        }
        apply(pod);
        Defaults.bool(pod, "enableServiceLinks", true);
        boolean hostNetwork = pod.path("hostNetwork").asBoolean(false);
        for (String list : PodSpecs.REGULAR_LISTS) {
            for (JsonNode container : pod.path(list)) {
                ContainerDefaults.requestsFromLimits(container);
                if (hostNetwork) {
                    ContainerDefaults.hostPorts(container);
                }
            }
        }
        PodLevelResources.setDefaults(pod);
    }

    /** Defaults of a template: its spec, when it has one. */
    public static void applyToTemplate(ObjectNode template) {
        apply(Defaults.object(template, "spec"));
    }

    /** Defaults of the spec of a volume claim that a workload contains. */
    public static void claimSpec(ObjectNode claim) {
        VolumeDefaults.claimSpec(claim);
    }

    /** Defaults of every pod spec, whether of a pod or of a template. */
    public static void apply(ObjectNode spec) {
        for (JsonNode volume : spec.path("volumes")) {
            VolumeDefaults.apply((ObjectNode) volume);
        }
        for (String list : PodSpecs.ALL_LISTS) {
            for (JsonNode container : spec.path(list)) {
                ContainerDefaults.apply((ObjectNode) container);
            }
        }
        Defaults.text(spec, "restartPolicy", "Always");
        Defaults.number(spec, "terminationGracePeriodSeconds", 30);
        Defaults.text(spec, "dnsPolicy", "ClusterFirst");
        serviceAccount(spec);
        Defaults.object(spec, "securityContext");
        Defaults.text(spec, "schedulerName", "default-scheduler");
        Defaults.quantities(spec.get("overhead"));
        if (spec.get("resources") instanceof ObjectNode resources) {
            Defaults.quantities(resources.get("limits"));
            Defaults.quantities(resources.get("requests"));
        }
    }

    /** The deprecated member {@code serviceAccount} always says the same as its successor. */
    private static void serviceAccount(ObjectNode spec) {
        String name = FieldChecks.text(spec, "serviceAccountName");
        String deprecated = FieldChecks.text(spec, "serviceAccount");
        if (!name.isEmpty()) {
            if (!name.equals(deprecated)) {
                spec.put("serviceAccount", name);
            }
        } else if (!deprecated.isEmpty()) {
            spec.put("serviceAccountName", deprecated);
        }
    }
}
