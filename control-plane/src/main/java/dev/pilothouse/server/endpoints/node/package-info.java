/** What the agents of nodes answer through the API: logs, exec, attach, port-forward, proxies. */
@NullMarked
package dev.pilothouse.server.endpoints.node;

import org.jspecify.annotations.NullMarked;
