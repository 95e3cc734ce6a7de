/**
 * The pods that wait for a node: which is next, which wait after a failure, and what wakes them.
 */
@NullMarked
package dev.pilothouse.server.scheduler.queue;

import org.jspecify.annotations.NullMarked;
