package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodVolume;
import dev.pilothouse.server.scheduler.framework.FilterPlugin.Preparation;
import dev.pilothouse.server.scheduler.framework.NodeFilter;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.volumes.Claim;
import dev.pilothouse.server.scheduler.volumes.Volume;
import dev.pilothouse.server.scheduler.volumes.VolumeClass;
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims of a pod. Source: plugins/volumebinding/binder.go. */
final class PodClaims {

    private static final Status NO_VOLUME =
            Status.unresolvable(
                    VolumeBinding.NAME,
                    "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
    private static final Status OUT_OF_REACH =
            Status.unresolvable(
                    VolumeBinding.NAME, "node(s) didn't match PersistentVolume's node affinity");
    private static final Status NOTHING_TO_BIND =
            Status.unresolvable(
                    VolumeBinding.NAME, "node(s) didn't find available persistent volumes to bind");

    private final List<Claim> bound = new ArrayList<>();
    private final List<Claim> waiting = new ArrayList<>();
    private Status rejection = Status.SUCCESS;

    private PodClaims() {}

    static PodClaims of(PodInfo pod, VolumeViews views) {
        PodClaims claims = new PodClaims();
        boolean immediate = false;
        for (PodVolume volume : pod.shape().volumes()) {
            if (volume.claim().isEmpty()) {
                continue;
            }
            Claim claim = views.claim(pod.namespace(), volume.claim());
            String problem = problem(pod, volume, claim);
            if (claim == null || !problem.isEmpty()) {
                claims.rejection = Status.unresolvable(VolumeBinding.NAME, problem);
                return claims;
            }
            VolumeClass storage = views.storageClass(claim.storageClass());
            if (claim.bound()) {
                claims.bound.add(claim);
            } else if (storage != null && storage.waits() && claim.volume().isEmpty()) {
                claims.waiting.add(claim);
            } else {
                immediate = true;
            }
        }
        if (immediate) {
            claims.rejection =
                    Status.unresolvable(
                            VolumeBinding.NAME, "pod has unbound immediate PersistentVolumeClaims");
        }
        return claims;
    }

    private static String problem(PodInfo pod, PodVolume volume, @Nullable Claim claim) {
        String named = "persistentvolumeclaim \"" + volume.claim() + "\"";
        if (claim == null) {
            return volume.ephemeral()
                    ? "waiting for ephemeral volume controller to create the " + named
                    : named + " not found";
        }
        if (claim.lost()) {
            return named + " bound to non-existent persistentvolume \"" + claim.volume() + "\"";
        }
        if (claim.deleting()) {
            return named + " is being deleted";
        }
        if (volume.ephemeral() && !claim.owner().equals(pod.uid())) {
            return "PVC "
                    + claim.key()
                    + " was not created for pod "
                    + pod.key()
                    + " (pod is not owner)";
        }
        return "";
    }

    Preparation prepare(VolumeViews views, ReservedVolumes reserved) {
        if (!rejection.isSuccess()) {
            return new Preparation.Rejected(rejection);
        }
        return Preparation.of(
                new NodeFilter() {
                    @Override
                    public Status check(NodeInfo node) {
                        return choose(node.node(), views, reserved).refusal();
                    }

                    @Override
                    public Scope scope() {
                        return Scope.MORE;
                    }
                });
    }

    /** What the claims get on a node. */
    VolumeChoice choose(Node node, VolumeViews views, ReservedVolumes reserved) {
        if (!rejection.isSuccess()) {
            return VolumeChoice.refused(rejection);
        }
        for (Claim claim : bound) {
            Volume volume = views.volume(claim.volume());
            if (volume == null) {
                return VolumeChoice.refused(NO_VOLUME);
            }
            if (!volume.reaches(node)) {
                return VolumeChoice.refused(OUT_OF_REACH);
            }
        }
        Map<Claim, Volume> volumes = new LinkedHashMap<>();
        List<Claim> provisioned = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Claim claim :
                waiting.stream().sorted(Comparator.comparingLong(Claim::requested)).toList()) {
            String selected =
                    claim.selectedNode().isEmpty()
                            ? reserved.selectedNode(claim)
                            : claim.selectedNode();
            Volume match = selected.isEmpty() ? match(claim, node, views, reserved, taken) : null;
            VolumeClass storage = views.storageClass(claim.storageClass());
            if (match != null) {
                volumes.put(claim, match);
                taken.add(match.name());
            } else if (storage != null
                    && (selected.isEmpty() || selected.equals(node.name()))
                    && storage.provisionsFor(node)) {
                provisioned.add(claim);
            } else {
                return VolumeChoice.refused(NOTHING_TO_BIND);
            }
        }
        return new VolumeChoice(Status.SUCCESS, volumes, provisioned);
    }

    /** The smallest volume that will do; one that is meant for the claim first. */
    private static @Nullable Volume match(
            Claim claim,
            Node node,
            VolumeViews views,
            ReservedVolumes reserved,
            Set<String> taken) {
        Volume best = null;
        for (Volume volume : views.volumesOf(claim.storageClass())) {
            if (!volume.usable()
                    || taken.contains(volume.name())
                    || !serves(volume, claim)
                    || !volume.reaches(node)
                    || reserved.isTaken(volume, claim)) {
                continue;
            }
            if (volume.isFor(claim)) {
                return volume;
            }
            if (volume.claim().isEmpty() && (best == null || volume.capacity() < best.capacity())) {
                best = volume;
            }
        }
        return best;
    }

    private static boolean serves(Volume volume, Claim claim) {
        return (volume.claim().isEmpty() || volume.isFor(claim))
                && volume.capacity() >= claim.requested()
                && volume.modes().containsAll(claim.modes())
                && volume.volumeMode().equals(claim.volumeMode())
                && (claim.selector() == null || claim.selector().matches(volume.labels()::get));
    }
}
