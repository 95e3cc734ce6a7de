package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.server.record.ObjectReference;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind that has dependents.
 *
 * @param resource under which it is served
 * @param kind its name
 */
public record WorkloadKind(GroupVersionResource resource, String kind) {

    public static final WorkloadKind REPLICA_SET = apps("replicasets", "ReplicaSet");
    public static final WorkloadKind DEPLOYMENT = apps("deployments", "Deployment");
    public static final WorkloadKind STATEFUL_SET = apps("statefulsets", "StatefulSet");
    public static final WorkloadKind DAEMON_SET = apps("daemonsets", "DaemonSet");
    public static final WorkloadKind REPLICATION_CONTROLLER =
            new WorkloadKind(
                    new GroupVersionResource("", "v1", "replicationcontrollers"),
                    "ReplicationController");
    public static final WorkloadKind JOB =
            new WorkloadKind(new GroupVersionResource("batch", "v1", "jobs"), "Job");
    public static final WorkloadKind CRON_JOB =
            new WorkloadKind(new GroupVersionResource("batch", "v1", "cronjobs"), "CronJob");

    /** Group and version as objects name them. */
    public String apiVersion() {
        return resource.groupVersion().apiVersion();
    }

    /** Refers events to an object. */
    public ObjectReference reference(ObjectMeta meta) {
        return ObjectReference.of(apiVersion(), kind, meta);
    }

    /** The owner reference by which an object manages its dependents. */
    public ObjectNode controllerReference(String name, String uid) {
        ObjectNode reference = Json.object();
        reference.put("apiVersion", apiVersion());
        reference.put("kind", kind);
        reference.put("name", name);
        reference.put("uid", uid);
        reference.put("controller", true);
        reference.put("blockOwnerDeletion", true);
        return reference;
    }

    private static WorkloadKind apps(String resource, String kind) {
        return new WorkloadKind(new GroupVersionResource("apps", "v1", resource), kind);
    }
}
