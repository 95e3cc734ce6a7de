package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodVolume;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.BindPlugin;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.volumes.Claim;
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import dev.pilothouse.server.scheduler.volumes.VolumeWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses nodes from which the pod's volumes cannot be reached or made, and has volumes bound or
 * made for the node that was chosen before the pod goes there. Source: plugins/volumebinding.
 */
final class VolumeBinding implements FilterPlugin, BindPlugin {

    static final String NAME = "VolumeBinding";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final VolumeViews views;
    private final VolumeWriter writer;
    private final Delays delays;
    private final ReservedVolumes reserved = new ReservedVolumes();
    private final Map<String, BindWait> waits = new ConcurrentHashMap<>();

    VolumeBinding(VolumeViews views, VolumeWriter writer, Delays delays) {
        this.views = views;
        this.writer = writer;
        this.delays = delays;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        return concerns(pod) ? PodClaims.of(pod, views).prepare(views, reserved) : Preparation.SKIP;
    }

    @Override
    public boolean concerns(PodInfo pod) {
        for (PodVolume volume : pod.shape().volumes()) {
            if (!volume.claim().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.NodeChanged(Node before, Node node) ->
                    !before.labels().equals(node.labels());
            case ClusterEvent.StorageChanged(var kind, String namespace, String name) ->
                    kind != ClusterEvent.StorageKind.CLAIM || uses(refused, namespace, name);
            default -> false;
        };
    }

    private static boolean uses(PodInfo pod, String namespace, String claim) {
        return pod.namespace().equals(namespace)
                && pod.shape().volumes().stream().anyMatch(volume -> volume.claim().equals(claim));
    }

    @Override
    public Status reserve(PodInfo pod, NodeInfo node) {
        VolumeChoice choice = PodClaims.of(pod, views).choose(node.node(), views, reserved);
        if (!choice.refusal().isSuccess()) {
            return choice.refusal();
        }
        reserved.put(pod.uid(), choice, node.name());
        return Status.SUCCESS;
    }

    @Override
    public void unreserve(PodInfo pod) {
        reserved.remove(pod.uid());
    }

    @Override
    public Status preBind(PodInfo pod, NodeInfo node) throws InterruptedException {
        VolumeChoice choice = reserved.of(pod.uid());
        if (choice == null || choice.isEmpty()) {
            return Status.SUCCESS;
        }
        BindWait wait = new BindWait(choice.claims(), views, node.name());
        waits.put(pod.uid(), wait);
        try {
            choice.volumes()
                    .forEach((claim, volume) -> {
                        if (!volume.isFor(claim) || volume.claimUid().isEmpty()) {
                            writer.give(volume, claim);
                        }
                    });
            for (Claim claim : choice.provisioned()) {
                writer.provision(claim, node.name());
            }
            delays.after(LONGEST_WAIT, wait::expire);
            String problem = wait.await();
            return problem.isEmpty() ? Status.SUCCESS : Status.unschedulable(NAME, problem);
        } catch (ApiException | TransportException e) {
            return Status.unschedulable(NAME, "binding volumes: " + e.getMessage());
        } finally {
            waits.remove(pod.uid());
        }
    }

    @Override
    public void happened(ClusterEvent event) {
        if (event instanceof ClusterEvent.StorageChanged) {
            waits.values().forEach(BindWait::look);
        }
    }
}
