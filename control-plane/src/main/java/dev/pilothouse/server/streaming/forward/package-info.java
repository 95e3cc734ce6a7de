/** Connections to ports of pods, many over one connection, in Kubernetes' dialects. */
@NullMarked
package dev.pilothouse.server.streaming.forward;

import org.jspecify.annotations.NullMarked;
