package dev.pilothouse.server.kubelet.cri;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as it is. Source: CRI's ContainerStatus.
 *
 * @param id its id
 * @param sandboxId its sandbox
 * @param name its name in the pod
 * @param attempt how many containers of the name there were before
 * @param state where it is in its life
 * @param createdAt when it was made
 * @param startedAt when it was started, or null
 * @param finishedAt when it ended, or null
 * @param exitCode of an ended one
 * @param image the image as the pod names it
 * @param imageRef what the image was found to be, or empty
 * @param reason why it ended, in one word, or empty
 * @param message more about the end, or empty
 * @param logPath where its log is
 * @param mounts what it sees of the host
 * @param labels what it was made with
 */
public record ContainerStatus(
        String id,
        String sandboxId,
        String name,
        int attempt,
        ContainerState state,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int exitCode,
        String image,
        String imageRef,
        String reason,
        String message,
        Path logPath,
        List<Mount> mounts,
        Map<String, String> labels) {

    /** Copies the collections. */
    public ContainerStatus {
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
    }
}
