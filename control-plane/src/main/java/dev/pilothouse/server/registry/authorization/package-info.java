/** Rules of the kinds of authorization.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.authorization;

import org.jspecify.annotations.NullMarked;
