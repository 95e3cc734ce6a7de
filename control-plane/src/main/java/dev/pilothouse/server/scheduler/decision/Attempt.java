package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.preemption.Victims;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to place a pod. Small: the snapshot is shared with other attempts.
 *
 * @param pod the pod as it was
 * @param snapshot the nodes as they were
 * @param when when it was
 * @param number the how-many-th attempt it was
 * @param node the node that was found, or empty
 * @param message why none was found, or empty
 * @param victims pods that go to make room, or null
 */
public record Attempt(
        PodInfo pod,
        Snapshot snapshot,
        Instant when,
        int number,
        String node,
        String message,
        @Nullable Victims victims) {}
