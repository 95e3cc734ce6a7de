/** Random requests, valid and broken, and what must hold for every answer. */
@NullMarked
package dev.pilothouse.server.fuzz;

import org.jspecify.annotations.NullMarked;
