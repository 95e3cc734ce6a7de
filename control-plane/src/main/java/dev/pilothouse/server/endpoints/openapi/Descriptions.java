package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.schema.TypeSchema;
import java.util.Map;

/** One line on each common kind, for {@code kubectl explain}. */
final class Descriptions {

    private static final Map<String, String> TEXTS =
            Map.ofEntries(
                    Map.entry("core.v1.Pod", "One or more containers that run together on a node."),
                    Map.entry("core.v1.Service", "A stable address in front of a set of pods."),
                    Map.entry(
                            "core.v1.ConfigMap", "Settings that pods read as files or variables."),
                    Map.entry("core.v1.Secret", "Confidential data such as passwords and keys."),
                    Map.entry("core.v1.Namespace", "A scope for names, policies and quotas."),
                    Map.entry("core.v1.Node", "A machine that runs pods."),
                    Map.entry("core.v1.ServiceAccount", "An identity for processes in pods."),
                    Map.entry("core.v1.PersistentVolume", "A piece of storage in the cluster."),
                    Map.entry("core.v1.PersistentVolumeClaim", "A request for storage."),
                    Map.entry("core.v1.Event", "A note on something that happened to an object."),
                    Map.entry("core.v1.ResourceQuota", "Upper bounds on what a namespace uses."),
                    Map.entry("core.v1.LimitRange", "Defaults and bounds for single objects."),
                    Map.entry("core.v1.Endpoints", "The addresses behind a service, old form."),
                    Map.entry(
                            "core.v1.ReplicationController",
                            "Keeps a number of equal pods running; ReplicaSet replaces it."),
                    Map.entry("apps.v1.Deployment", "Equal pods with rolling updates."),
                    Map.entry("apps.v1.ReplicaSet", "Keeps a number of equal pods running."),
                    Map.entry("apps.v1.StatefulSet", "Pods with fixed names and own storage."),
                    Map.entry("apps.v1.DaemonSet", "One pod on each matching node."),
                    Map.entry("batch.v1.Job", "Runs pods until enough of them have succeeded."),
                    Map.entry("batch.v1.CronJob", "Starts jobs on a schedule."),
                    Map.entry("networking.v1.Ingress", "Routes HTTP requests to services."),
                    Map.entry("networking.v1.NetworkPolicy", "Says which traffic pods may have."),
                    Map.entry(
                            "autoscaling.v2.HorizontalPodAutoscaler",
                            "Sets the number of pods by metrics."),
                    Map.entry("rbac.v1.Role", "Permissions within a namespace."),
                    Map.entry("rbac.v1.ClusterRole", "Permissions in the whole cluster."),
                    Map.entry("rbac.v1.RoleBinding", "Grants a role within a namespace."),
                    Map.entry("rbac.v1.ClusterRoleBinding", "Grants a role in the whole cluster."),
                    Map.entry("storage.v1.StorageClass", "A way in which volumes are made."),
                    Map.entry("policy.v1.PodDisruptionBudget", "How many pods may be evicted."),
                    Map.entry(
                            "apiextensions.v1.CustomResourceDefinition",
                            "Adds a new kind to the API."),
                    Map.entry(
                            "apimachinery.api.resource.Quantity",
                            "A number with an optional unit, for example 500m or 2Gi."),
                    Map.entry("meta.v1.Time", "A point in time in RFC 3339 form."),
                    Map.entry("meta.v1.ObjectMeta", "Name, labels and other data of an object."));

    private Descriptions() {}

    /** The description of a type, empty when there is none. */
    static String of(TypeSchema type) {
        return TEXTS.getOrDefault(type.name(), "");
    }
}
