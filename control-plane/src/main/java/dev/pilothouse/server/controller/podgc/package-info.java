/** Clears away pods that nobody will: ended ones beyond a number, and those of lost nodes. */
@NullMarked
package dev.pilothouse.server.controller.podgc;

import org.jspecify.annotations.NullMarked;
