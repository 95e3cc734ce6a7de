/** Rules of the kinds of admissionregistration.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.admissionregistration;

import org.jspecify.annotations.NullMarked;
