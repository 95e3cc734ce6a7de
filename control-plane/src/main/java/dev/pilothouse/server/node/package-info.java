/**
 * What the API server asks of the agents of nodes: logs, exec, attach, port-forward and usage. The
 * server knows agents only through this package.
 */
@NullMarked
package dev.pilothouse.server.node;

import org.jspecify.annotations.NullMarked;
