package dev.pilothouse.server.registry.strategies;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.apps.ControllerRevisionStrategy;
import dev.pilothouse.server.registry.apps.DaemonSetStrategy;
import dev.pilothouse.server.registry.apps.DeploymentStrategy;
import dev.pilothouse.server.registry.apps.ReplicaSetStrategy;
import dev.pilothouse.server.registry.apps.StatefulSetStrategy;
import dev.pilothouse.server.registry.autoscaling.HorizontalPodAutoscalerStrategy;
import dev.pilothouse.server.registry.batch.CronJobStrategy;
import dev.pilothouse.server.registry.batch.JobStrategy;
import dev.pilothouse.server.registry.core.PodStrategy;
import dev.pilothouse.server.registry.core.PodTemplateStrategy;
import dev.pilothouse.server.registry.core.ReplicationControllerStrategy;
import dev.pilothouse.server.registry.policy.PodDisruptionBudgetStrategy;
import java.util.Map;

/** The rules of pods and of all kinds that make, scale or protect pods. */
public final class WorkloadStrategies {

    private static final Map<GroupResource, ResourceStrategy> ALL =
            Map.ofEntries(
                    entry("", "pods", new PodStrategy()),
                    entry("", "podtemplates", new PodTemplateStrategy()),
                    entry("", "replicationcontrollers", new ReplicationControllerStrategy()),
                    entry("apps", "deployments", new DeploymentStrategy()),
                    entry("apps", "replicasets", new ReplicaSetStrategy()),
                    entry("apps", "statefulsets", new StatefulSetStrategy()),
                    entry("apps", "daemonsets", new DaemonSetStrategy()),
                    entry("apps", "controllerrevisions", new ControllerRevisionStrategy()),
                    entry("batch", "jobs", new JobStrategy()),
                    entry("batch", "cronjobs", new CronJobStrategy()),
                    entry(
                            "autoscaling",
                            "horizontalpodautoscalers",
                            new HorizontalPodAutoscalerStrategy()),
                    entry("policy", "poddisruptionbudgets", new PodDisruptionBudgetStrategy()));

    private WorkloadStrategies() {}

    /** The rules by resource. */
    public static Map<GroupResource, ResourceStrategy> all() {
        return ALL;
    }

    private static Map.Entry<GroupResource, ResourceStrategy> entry(
            String group, String resource, ResourceStrategy strategy) {
        return Map.entry(new GroupResource(group, resource), strategy);
    }
}
