/** Notices lost nodes, taints nodes by their conditions, and marks the pods of lost nodes. */
@NullMarked
package dev.pilothouse.server.controller.nodelifecycle;

import org.jspecify.annotations.NullMarked;
