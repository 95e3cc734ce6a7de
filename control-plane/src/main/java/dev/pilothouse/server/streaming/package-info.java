/** Pipes that the protocols of streams share. */
@NullMarked
package dev.pilothouse.server.streaming;

import org.jspecify.annotations.NullMarked;
