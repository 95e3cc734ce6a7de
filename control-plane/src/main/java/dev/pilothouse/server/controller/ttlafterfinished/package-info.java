/** Deletes finished jobs after the time they are to be kept. Source: KEP-592. */
@NullMarked
package dev.pilothouse.server.controller.ttlafterfinished;

import org.jspecify.annotations.NullMarked;
