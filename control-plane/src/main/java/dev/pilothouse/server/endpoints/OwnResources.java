package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What discovery tells of groups that keep no objects and have handlers of their own. Resources
 * without verbs are there for their subresources only. Add new ones here.
 */
public final class OwnResources {

    private static final String SCHEDULING = "scheduling.pilothouse.dev";
    private static final String METRICS = "metrics.pilothouse.dev";

    private static final List<ResourceKind> ALL =
            List.of(
                    resource(SCHEDULING, "pods", "Pod", true, List.of(), "decision", "PodDecision"),
                    resource(
                            SCHEDULING,
                            "simulations",
                            "PlacementSimulation",
                            false,
                            List.of("create"),
                            "",
                            ""),
                    resource(
                            METRICS,
                            "pods",
                            "Pod",
                            true,
                            List.of(),
                            "history",
                            "PodMetricsHistory"),
                    resource(
                            METRICS,
                            "nodes",
                            "Node",
                            false,
                            List.of(),
                            "history",
                            "NodeMetricsHistory"));

    private OwnResources() {}

    /** Those of the groups that are served. */
    public static List<ResourceKind> of(Collection<String> groups) {
        return ALL.stream().filter(kind -> groups.contains(kind.resource().group())).toList();
    }

    private static ResourceKind resource(
            String group,
            String plural,
            String kind,
            boolean namespaced,
            List<String> verbs,
            String subresource,
            String subresourceKind) {
        GroupVersionResource resource = new GroupVersionResource(group, "v1", plural);
        GroupVersionKind gvk = new GroupVersionKind(group, "v1", kind);
        Map<String, Subresource> subresources =
                subresource.isEmpty()
                        ? Map.of()
                        : Map.of(
                                subresource,
                                new Subresource(
                                        subresource,
                                        List.of("get"),
                                        List.of(),
                                        new GroupVersionKind(group, "v1", subresourceKind),
                                        false));
        return new ResourceKind(
                new ResourceSchema(
                        resource,
                        kind,
                        namespaced,
                        verbs,
                        group + ".v1." + kind,
                        "",
                        plural.substring(0, plural.length() - 1),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        subresources),
                new TypeSchema(
                        group + ".v1." + kind, Map.of(), null, List.of(), false, true, gvk, null),
                resource,
                false);
    }
}
