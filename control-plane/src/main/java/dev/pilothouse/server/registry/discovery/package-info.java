/** Rules of the kinds of discovery.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.discovery;

import org.jspecify.annotations.NullMarked;
