/** Binds claims to volumes. */
@NullMarked
package dev.pilothouse.server.controller.persistentvolume;

import org.jspecify.annotations.NullMarked;
