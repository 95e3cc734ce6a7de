/** Clients that nobody here wrote, against the real server. */
@NullMarked
package dev.pilothouse.server.clients;

import org.jspecify.annotations.NullMarked;
