/** SPDY/3.1, as far as kubectl uses it, over any pair of streams. */
@NullMarked
package dev.pilothouse.server.streaming.spdy;

import org.jspecify.annotations.NullMarked;
