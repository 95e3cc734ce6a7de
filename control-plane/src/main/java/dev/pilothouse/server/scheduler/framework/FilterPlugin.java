package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses nodes. */
public interface FilterPlugin extends Plugin {

    /** What a plug-in finds when it has seen the pod and all nodes, but no single node yet. */
    sealed interface Preparation {

        /** It has nothing against any node. */
        Preparation SKIP = new Skip();

        /** It has nothing against any node. */
        record Skip() implements Preparation {}

        /** No node can take the pod. */
        record Rejected(Status status) implements Preparation {}

        /**
         * Each node is to be asked about.
         *
         * @param filter asks
         * @param nodes the only nodes that can take the pod, or null for all
         */
        record Ready(NodeFilter filter, @Nullable Set<String> nodes) implements Preparation {}

        /** Each node is to be asked about. */
        static Preparation of(NodeFilter filter) {
            return new Ready(filter, null);
        }
    }

    /** Looks at a pod and the nodes; no side effects. */
    Preparation prepare(PodInfo pod, Snapshot snapshot);
}
