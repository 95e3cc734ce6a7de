/** Volumes and claims, as the controllers of volumes see them. */
@NullMarked
package dev.pilothouse.server.controller.volumes;

import org.jspecify.annotations.NullMarked;
