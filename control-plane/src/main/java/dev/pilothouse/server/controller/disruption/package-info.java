/** Keeps the status of PodDisruptionBudgets: how many pods may be evicted now. */
@NullMarked
package dev.pilothouse.server.controller.disruption;

import org.jspecify.annotations.NullMarked;
