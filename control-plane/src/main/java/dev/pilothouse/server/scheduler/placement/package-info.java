/**
 * Finds the node for a pod: asks the plug-ins about nodes, keeps what it has learned for the next
 * pod of the same shape, and says in Kubernetes' words why there is none. Without side effects.
 */
@NullMarked
package dev.pilothouse.server.scheduler.placement;

import org.jspecify.annotations.NullMarked;
