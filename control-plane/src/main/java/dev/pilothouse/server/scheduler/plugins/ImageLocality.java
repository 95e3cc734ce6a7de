package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.ScorePlugin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prefers nodes that have the pod's images, the more the larger these are; images that few nodes
 * have count less, so that not all pods run to the same node. Source: plugins/imagelocality.
 */
final class ImageLocality implements ScorePlugin {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long LEAST = 23 * MEGABYTE;
    private static final long MOST_PER_CONTAINER = 1000 * MEGABYTE;

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public @Nullable NodeScorer scorer(PodInfo pod, Snapshot snapshot) {
        List<String> images =
                pod.shape().demand().images().stream()
                        .map(ImageLocality::tagged)
                        .filter(image -> snapshot.nodesWith(image) > 0)
                        .toList();
        if (images.isEmpty()) {
            return null;
        }
        long most = MOST_PER_CONTAINER * pod.shape().demand().containers();
        return node -> {
            long sum = 0;
            for (String image : images) {
                Long size = node.node().images().get(image);
                if (size != null) {
                    sum += (long) ((double) size * snapshot.nodesWith(image) / snapshot.size());
                }
            }
            long clamped = Math.clamp(sum, LEAST, most);
            return NodeScorer.MAX * (clamped - LEAST) / (most - LEAST);
        };
    }

    private static String tagged(String image) {
        return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
    }
}
