/** Rules of the kinds of resource.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.resource;

import org.jspecify.annotations.NullMarked;
