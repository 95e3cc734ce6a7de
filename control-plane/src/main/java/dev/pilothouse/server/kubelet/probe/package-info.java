/** Probes and lifecycle hooks. */
@NullMarked
package dev.pilothouse.server.kubelet.probe;

import org.jspecify.annotations.NullMarked;
