/** Sessions with containers, exec and attach, in Kubernetes' WebSocket and SPDY protocols. */
@NullMarked
package dev.pilothouse.server.streaming.command;

import org.jspecify.annotations.NullMarked;
