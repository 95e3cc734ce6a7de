package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.framework.Profile.WeightedScore;
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import dev.pilothouse.server.scheduler.volumes.VolumeWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The plug-ins, their order and their weights, as Kubernetes has them by default. */
public final class DefaultPlugins {

    private DefaultPlugins() {}

    /**
     * What plug-ins ask and do.
     *
     * @param selectors which pods belong together
     * @param namespaces the labels of a namespace by its name
     * @param volumes what is known about storage
     * @param writer writes what is decided about volumes
     * @param delays runs things later
     */
    public record Surroundings(
            DefaultSelectors selectors,
            Function<String, Map<String, String>> namespaces,
            VolumeViews volumes,
            VolumeWriter writer,
            Delays delays) {}

    /** All plug-ins. Add new ones here. */
    public static Profile profile(Surroundings around) {
        TaintToleration taints = new TaintToleration();
        NodeAffinity affinity = new NodeAffinity();
        NodeResourcesFit fit = new NodeResourcesFit();
        PodTopologySpread spread = new PodTopologySpread(around.selectors());
        InterPodAffinity pods = new InterPodAffinity(around.namespaces());
        VolumeBinding volumes =
                new VolumeBinding(around.volumes(), around.writer(), around.delays());
        return new Profile(
                List.of(new SchedulingGates()),
                List.of(
                        new NodeUnschedulable(),
                        new NodeName(),
                        taints,
                        affinity,
                        new NodePorts(),
                        fit,
                        new VolumeRestrictions(around.volumes()),
                        new NodeVolumeLimits(around.volumes()),
                        volumes,
                        new VolumeZone(around.volumes()),
                        spread,
                        pods),
                List.of(
                        new WeightedScore(taints, 3),
                        new WeightedScore(affinity, 2),
                        new WeightedScore(fit, 1),
                        new WeightedScore(spread, 2),
                        new WeightedScore(pods, 2),
                        new WeightedScore(new NodeResourcesBalancedAllocation(), 1),
                        new WeightedScore(new ImageLocality(), 1)),
                List.of(volumes));
    }
}
