/**
 * Real clients against the server as it ships: kubectl and Helm releases run scripts of commands
 * whose exit codes and output are compared, and the API document's requests are replayed.
 */
@NullMarked
package dev.pilothouse.server.clients;

import org.jspecify.annotations.NullMarked;
