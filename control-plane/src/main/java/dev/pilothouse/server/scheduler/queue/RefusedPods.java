package dev.pilothouse.server.scheduler.queue;

import dev.pilothouse.server.scheduler.cluster.PodShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Pods that wait for something to happen. Pods of one shape that the same plug-ins refused are
 * asked about once, for what helps one helps all. Not thread-safe.
 */
final class RefusedPods {

    private final Map<String, QueuedPod> byUid = new HashMap<>();
    private final Map<Group, Map<String, QueuedPod>> groups = new LinkedHashMap<>();

    private record Group(PodShape shape, Set<String> refusedBy) {

        static Group of(QueuedPod queued) {
            return new Group(queued.pod().shape(), queued.refusedBy());
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // pods of one shape share its object
        public boolean equals(Object other) {
            return other instanceof Group that
                    && shape == that.shape
                    && refusedBy.equals(that.refusedBy);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(shape);
        }
    }

    void put(QueuedPod queued) {
        byUid.put(queued.uid(), queued);
        groups.computeIfAbsent(Group.of(queued), _ -> new LinkedHashMap<>())
                .put(queued.uid(), queued);
    }

    boolean contains(String uid) {
        return byUid.containsKey(uid);
    }

    /** Whether it was there. */
    boolean remove(String uid) {
        QueuedPod gone = byUid.remove(uid);
        if (gone == null) {
            return false;
        }
        Group group = Group.of(gone);
        Map<String, QueuedPod> others = groups.get(group);
        if (others != null) {
            others.remove(uid);
            if (others.isEmpty()) {
                groups.remove(group);
            }
        }
        return true;
    }

    /** All pods of the groups of which one pod, which stands for all, is meant. */
    List<QueuedPod> groupsOf(Predicate<QueuedPod> meant) {
        List<QueuedPod> found = new ArrayList<>();
        for (Map<String, QueuedPod> group : groups.values()) {
            if (meant.test(group.values().iterator().next())) {
                found.addAll(group.values());
            }
        }
        return found;
    }

    List<QueuedPod> all() {
        return List.copyOf(byUid.values());
    }

    int size() {
        return byUid.size();
    }
}
