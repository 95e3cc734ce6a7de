/** Passes HTTP requests on to servers in pods. */
@NullMarked
package dev.pilothouse.server.streaming.proxy;

import org.jspecify.annotations.NullMarked;
