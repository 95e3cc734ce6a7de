package dev.pilothouse.server.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a container's log are wanted, and how. Source: PodLogOptions.
 *
 * @param pod the pod
 * @param container the container's name
 * @param previous of the terminated instance before the present one
 * @param follow go on until the container ends
 * @param since no lines before, or null
 * @param timestamps put the time before each line, RFC 3339 with nine digits
 * @param tailLines how many of the last lines, or null for all
 * @param limitBytes how many bytes at most, or null
 * @param stream {@code Stdout}, {@code Stderr} or {@code All}
 */
public record LogRequest(
        PodRef pod,
        String container,
        boolean previous,
        boolean follow,
        @Nullable Instant since,
        boolean timestamps,
        @Nullable Long tailLines,
        @Nullable Long limitBytes,
        String stream) {}
