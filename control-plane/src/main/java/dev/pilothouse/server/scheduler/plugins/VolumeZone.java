package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
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
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses nodes outside the zones that the labels of the pod's volumes name. Source:
 * plugins/volumezone.
 */
final class VolumeZone implements FilterPlugin {

    static final String NAME = "VolumeZone";
    private static final Status ELSEWHERE =
            Status.unresolvable(NAME, "node(s) had no available volume zone");

    /** Each label and the older name of the same. */
    private static final Map<String, String> LABELS =
            Map.of(
                    "topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone",
                    "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region");

    private final VolumeViews views;

    VolumeZone(VolumeViews views) {
        this.views = views;
    }

    private record Place(String label, String older, Set<String> values) {

        boolean has(Node node) {
            String value = node.labels().getOrDefault(label, node.labels().get(older));
            return value != null && values.contains(value);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<Place> places = new ArrayList<>();
        for (PodVolume each : pod.shape().volumes()) {
            Claim claim =
                    each.claim().isEmpty() ? null : views.claim(pod.namespace(), each.claim());
            Volume volume = claim == null ? null : views.volume(claim.volume());
            if (volume != null) {
                places.addAll(places(volume));
            }
        }
        return places.isEmpty() ? Preparation.SKIP : Preparation.of(new InZone(places));
    }

    private static List<Place> places(Volume volume) {
        List<Place> places = new ArrayList<>();
        LABELS.forEach((label, older) -> {
            String value = volume.labels().getOrDefault(label, volume.labels().get(older));
            if (value != null) {
                // A volume in several zones has them all in one label.
                places.add(
                        new Place(label, older, new HashSet<>(Arrays.asList(value.split("__")))));
            }
        });
        return places;
    }

    private record InZone(List<Place> places) implements NodeFilter {

        @Override
        public Status check(NodeInfo info) {
            Node node = info.node();
            boolean zoned =
                    LABELS.entrySet().stream()
                            .anyMatch(label ->
                                    node.labels().containsKey(label.getKey())
                                            || node.labels().containsKey(label.getValue()));
            return !zoned || places.stream().allMatch(place -> place.has(node))
                    ? Status.SUCCESS
                    : ELSEWHERE;
        }

        @Override
        public Scope scope() {
            return Scope.MORE;
        }
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeAdded _, ClusterEvent.StorageChanged _ -> true;
            case ClusterEvent.NodeChanged(Node before, Node node) ->
                    !before.labels().equals(node.labels());
            default -> false;
        };
    }
}
