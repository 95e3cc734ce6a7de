/** The port to versioned storage: what the rest of the server knows of it. */
@NullMarked
package dev.pilothouse.server.storage;

import org.jspecify.annotations.NullMarked;
