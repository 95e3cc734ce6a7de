/** Rules of the kinds of networking.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.networking;

import org.jspecify.annotations.NullMarked;
