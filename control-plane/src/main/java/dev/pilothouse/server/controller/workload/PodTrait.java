package dev.pilothouse.server.controller.workload;

import java.util.List;
import java.util.Map;

/** What is kept of a pod for the one kind of controller that asks for it. */
public sealed interface PodTrait {

    /**
     * Of a pod of a job.
     *
     * @param tracked whether it has the finalizer {@code batch.kubernetes.io/job-tracking}
     * @param index its completion index, -1 without
     * @param indexFailures how many failures of its index went before it
     * @param ignoredFailures how many of them were ignored by the pod failure policy
     * @param finishedAt when it ended, in seconds since 1970, 0 when it has not
     * @param exits how its containers ended that failed
     * @param conditions type and status of its conditions, once it is ending
     */
    record OfJob(
            boolean tracked,
            int index,
            int indexFailures,
            int ignoredFailures,
            long finishedAt,
            List<Exit> exits,
            Map<String, String> conditions)
            implements PodTrait {

        /** Copies the collections. */
        public OfJob {
            exits = List.copyOf(exits);
            conditions = Map.copyOf(conditions);
        }
    }

    /** How a container ended. */
    record Exit(String container, int code) {}

    /**
     * Of a pod of a stateful set.
     *
     * @param claims the volume claims by the names of the volumes
     */
    record OfStatefulSet(Map<String, String> claims) implements PodTrait {

        /** Copies the map. */
        public OfStatefulSet {
            claims = Map.copyOf(claims);
        }
    }

    /**
     * Of a pod of a daemon set.
     *
     * @param target the node that its affinity asks for, empty without
     */
    record OfDaemonSet(String target) implements PodTrait {}
}
