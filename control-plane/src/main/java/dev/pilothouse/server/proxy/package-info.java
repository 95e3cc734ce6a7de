/**
 * Makes Services reachable from this machine: listens on loopback and carries each connection to a
 * pod that is ready.
 */
@NullMarked
package dev.pilothouse.server.proxy;

import org.jspecify.annotations.NullMarked;
