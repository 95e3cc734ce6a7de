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
import dev.pilothouse.server.scheduler.volumes.Volume;
import dev.pilothouse.server.scheduler.volumes.VolumeClass;
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Refuses nodes to which a CSI driver could not attach all volumes. Source:
 * plugins/nodevolumelimits/csi.go.
 */
final class NodeVolumeLimits implements FilterPlugin {

    static final String NAME = "NodeVolumeLimits";
    private static final Status EXCEEDED =
            Status.unschedulable(NAME, "node(s) exceed max volume count");

    private final VolumeViews views;

    NodeVolumeLimits(VolumeViews views) {
        this.views = views;
    }

    /** One volume of one driver. */
    private record Attached(String driver, String handle) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        Set<Attached> wanted = attached(pod);
        return wanted.isEmpty() ? Preparation.SKIP : Preparation.of(new Limit(wanted));
    }

    private final class Limit implements NodeFilter {

        private final Set<Attached> wanted;

        Limit(Set<Attached> wanted) {
            this.wanted = wanted;
        }

        @Override
        public Status check(NodeInfo node) {
            Map<String, Integer> limits = views.limits(node.name());
            if (limits.isEmpty()) {
                return Status.SUCCESS;
            }
            Set<Attached> all = new HashSet<>();
            node.volumePods().forEach(other -> all.addAll(attached(other)));
            Set<String> growing = new HashSet<>();
            for (Attached each : wanted) {
                if (all.add(each)) {
                    growing.add(each.driver());
                }
            }
            Map<String, Integer> counts = new HashMap<>();
            all.forEach(each -> counts.merge(each.driver(), 1, Integer::sum));
            for (String driver : growing) {
                Integer limit = limits.get(driver);
                if (limit != null && counts.getOrDefault(driver, 0) > limit) {
                    return EXCEEDED;
                }
            }
            return Status.SUCCESS;
        }

        @Override
        public Scope scope() {
            return Scope.MORE;
        }
    }

    /** A claim without a volume will get one of its class's driver. */
    private Set<Attached> attached(PodInfo pod) {
        Set<Attached> attached = new HashSet<>();
        for (PodVolume each : pod.shape().volumes()) {
            Claim claim =
                    each.claim().isEmpty() ? null : views.claim(pod.namespace(), each.claim());
            if (claim == null) {
                continue;
            }
            Volume volume = claim.volume().isEmpty() ? null : views.volume(claim.volume());
            if (volume != null && !volume.driver().isEmpty()) {
                attached.add(new Attached(volume.driver(), volume.handle()));
            } else if (volume == null) {
                VolumeClass storage = views.storageClass(claim.storageClass());
                if (storage != null) {
                    attached.add(new Attached(storage.provisioner(), claim.key()));
                }
            }
        }
        return attached;
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.PodGone(PodInfo pod) -> !pod.shape().volumes().isEmpty();
            case ClusterEvent.NodeAdded _, ClusterEvent.StorageChanged _ -> true;
            default -> false;
        };
    }
}
