/** WebSocket as RFC 6455 describes it, over any pair of streams. */
@NullMarked
package dev.pilothouse.server.streaming.websocket;

import org.jspecify.annotations.NullMarked;
