/** Rules of the kinds of authentication.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.authentication;

import org.jspecify.annotations.NullMarked;
