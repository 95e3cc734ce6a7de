/** Rules of the kinds of scheduling.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.scheduling;

import org.jspecify.annotations.NullMarked;
