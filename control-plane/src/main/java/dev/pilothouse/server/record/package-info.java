/** Writes Events: what controllers, the scheduler and node agents tell people. */
@NullMarked
package dev.pilothouse.server.record;

import org.jspecify.annotations.NullMarked;
