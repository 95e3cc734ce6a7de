/**
 * The scheduler: puts waiting pods on nodes that fit. It knows the cluster through informers,
 * chooses on snapshots, one pod at a time, and writes what it chose in the background.
 */
@NullMarked
package dev.pilothouse.server.scheduler;

import org.jspecify.annotations.NullMarked;
