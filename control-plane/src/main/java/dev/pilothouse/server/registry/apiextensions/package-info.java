/** Rules of the kinds of apiextensions.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.apiextensions;

import org.jspecify.annotations.NullMarked;
