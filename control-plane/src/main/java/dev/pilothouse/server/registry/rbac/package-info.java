/** Rules of the kinds of rbac.authorization.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.rbac;

import org.jspecify.annotations.NullMarked;
