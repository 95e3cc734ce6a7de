package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodVolume;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.NodeFilter;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.volumes.Claim;
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps pods from sharing what cannot be shared: disks on one node, and claims that are for one pod
 * only. Source: plugins/volumerestrictions.
 */
final class VolumeRestrictions implements FilterPlugin {

    static final String NAME = "VolumeRestrictions";
    private static final Status DISK = Status.unschedulable(NAME, "node(s) had no available disk");
    private static final Status IN_USE =
            Status.unschedulable(
                    NAME,
                    "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");

    private final VolumeViews views;

    VolumeRestrictions(VolumeViews views) {
        this.views = views;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<PodVolume> disks =
                pod.shape().volumes().stream().filter(volume -> !volume.disk().isEmpty()).toList();
        Set<String> exclusive = exclusive(pod);
        if (disks.isEmpty() && exclusive.isEmpty()) {
            return Preparation.SKIP;
        }
        Restriction restriction = new Restriction(pod.namespace(), disks, exclusive, 0);
        for (int i = 0; !exclusive.isEmpty() && i < snapshot.size(); i++) {
            NodeInfo node = snapshot.at(i);
            node.volumePods().forEach(other -> restriction.podAdded(other, node));
        }
        return Preparation.of(restriction);
    }

    private Set<String> exclusive(PodInfo pod) {
        Set<String> exclusive = new HashSet<>();
        for (PodVolume volume : pod.shape().volumes()) {
            Claim claim =
                    volume.claim().isEmpty() ? null : views.claim(pod.namespace(), volume.claim());
            if (claim != null && claim.isExclusive()) {
                exclusive.add(claim.name());
            }
        }
        return exclusive;
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.PodGone(PodInfo pod) -> !pod.shape().volumes().isEmpty();
            case ClusterEvent.NodeAdded _ -> true;
            default -> false;
        };
    }

    private static final class Restriction implements NodeFilter {

        private final String namespace;
        private final List<PodVolume> disks;
        private final Set<String> exclusive;
        private int users;

        Restriction(String namespace, List<PodVolume> disks, Set<String> exclusive, int users) {
            this.namespace = namespace;
            this.disks = disks;
            this.exclusive = exclusive;
            this.users = users;
        }

        @Override
        public Status check(NodeInfo node) {
            for (PodVolume disk : disks) {
                for (PodInfo other : node.volumePods()) {
                    for (PodVolume theirs : other.shape().volumes()) {
                        if (theirs.disk().equals(disk.disk())
                                && !(theirs.readOnly() && disk.readOnly())) {
                            return DISK;
                        }
                    }
                }
            }
            return users > 0 ? IN_USE : Status.SUCCESS;
        }

        @Override
        public Scope scope() {
            return exclusive.isEmpty() ? Scope.NODE : Scope.CLUSTER;
        }

        @Override
        public void podAdded(PodInfo pod, NodeInfo node) {
            users += uses(pod) ? 1 : 0;
        }

        @Override
        public void podRemoved(PodInfo pod, NodeInfo node) {
            users -= uses(pod) ? 1 : 0;
        }

        private boolean uses(PodInfo pod) {
            return pod.namespace().equals(namespace)
                    && pod.shape().volumes().stream()
                            .anyMatch(volume -> exclusive.contains(volume.claim()));
        }

        @Override
        public NodeFilter copy() {
            return new Restriction(namespace, disks, exclusive, users);
        }
    }
}
