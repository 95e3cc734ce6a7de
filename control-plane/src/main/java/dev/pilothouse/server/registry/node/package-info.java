/** Rules of the kinds of node.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.node;

import org.jspecify.annotations.NullMarked;
