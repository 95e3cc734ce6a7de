/** Scales workloads by how busy their pods are. */
@NullMarked
package dev.pilothouse.server.controller.podautoscaler;

import org.jspecify.annotations.NullMarked;
