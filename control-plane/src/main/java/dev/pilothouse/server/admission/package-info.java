/** Checks and changes to objects on their way in. */
@NullMarked
package dev.pilothouse.server.admission;

import org.jspecify.annotations.NullMarked;
