/** The server as it ships, killed, starved of disk space and given damaged files. */
@NullMarked
package dev.pilothouse.server.crash;

import org.jspecify.annotations.NullMarked;
