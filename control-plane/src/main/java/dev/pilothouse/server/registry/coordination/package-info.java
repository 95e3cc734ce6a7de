/** Rules of the kinds of coordination.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.coordination;

import org.jspecify.annotations.NullMarked;
