/**
 * Why pods are where they are: keeps the last attempts to place pods, and finds the smallest change
 * that would let a pod in. Details are worked out when somebody asks, from the snapshot of the
 * moment.
 */
@NullMarked
package dev.pilothouse.server.scheduler.decision;

import org.jspecify.annotations.NullMarked;
