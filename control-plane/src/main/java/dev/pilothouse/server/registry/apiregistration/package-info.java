/** Rules of the kinds of apiregistration.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.apiregistration;

import org.jspecify.annotations.NullMarked;
