/** Keeps volumes and claims that are in use from being deleted. */
@NullMarked
package dev.pilothouse.server.controller.volumeprotection;

import org.jspecify.annotations.NullMarked;
