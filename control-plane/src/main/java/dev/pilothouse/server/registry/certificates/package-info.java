/** Rules of the kinds of certificates.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.certificates;

import org.jspecify.annotations.NullMarked;
