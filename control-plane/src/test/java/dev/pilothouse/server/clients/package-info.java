/** Clients of other projects against a running server. */
@NullMarked
package dev.pilothouse.server.clients;

import org.jspecify.annotations.NullMarked;
