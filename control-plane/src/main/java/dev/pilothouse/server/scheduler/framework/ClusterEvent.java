package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.PodInfo;

/** Something that has happened and may let waiting pods through. */
public sealed interface ClusterEvent {

    /** A node has come. */
    record NodeAdded(Node node) implements ClusterEvent {}

    /** A node has changed. */
    record NodeChanged(Node before, Node node) implements ClusterEvent {}

    /** A node has gone. */
    record NodeRemoved(Node node) implements ClusterEvent {}

    /** A pod has been placed. */
    record PodPlaced(PodInfo pod) implements ClusterEvent {}

    /** A placed pod has changed its labels or needs less. */
    record PodChanged(PodInfo before, PodInfo pod) implements ClusterEvent {}

    /** A placed pod has gone or has finished. */
    record PodGone(PodInfo pod) implements ClusterEvent {}

    /** A claim, volume, storage class or what a node can attach has changed. */
    record StorageChanged(StorageKind kind, String namespace, String name)
            implements ClusterEvent {}

    /** Kinds of storage. */
    enum StorageKind {
        /** A claim of a pod. */
        CLAIM,
        /** A volume. */
        VOLUME,
        /** A storage class. */
        CLASS,
        /** What a node can attach. */
        LIMITS
    }

    /** The labels of a namespace have changed. */
    record NamespaceChanged(String name) implements ClusterEvent {}

    /** A waiting pod itself has changed. */
    record WaitingPodChanged(PodInfo before, PodInfo pod) implements ClusterEvent {}
}
