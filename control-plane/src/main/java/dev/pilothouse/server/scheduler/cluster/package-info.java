/**
 * What the scheduler knows of the cluster: pods and nodes in the small forms that placing pods
 * needs, and snapshots of all nodes that cost nothing to keep.
 */
@NullMarked
package dev.pilothouse.server.scheduler.cluster;

import org.jspecify.annotations.NullMarked;
