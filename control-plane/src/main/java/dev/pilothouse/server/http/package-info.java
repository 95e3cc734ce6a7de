/**
 * The Undertow adapter: sockets, TLS, chunked and upgraded streams. The only user of io.undertow.
 */
@NullMarked
package dev.pilothouse.server.http;

import org.jspecify.annotations.NullMarked;
