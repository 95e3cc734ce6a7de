/**
 * The agent of a node: takes the pods that are bound to its node and runs them on a container
 * runtime. It speaks to the cluster through the API only, under its node's own name.
 */
@NullMarked
package dev.pilothouse.server.kubelet;

import org.jspecify.annotations.NullMarked;
