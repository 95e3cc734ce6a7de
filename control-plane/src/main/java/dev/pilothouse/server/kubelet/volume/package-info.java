/** Volumes of pods as directories of the host. */
@NullMarked
package dev.pilothouse.server.kubelet.volume;

import org.jspecify.annotations.NullMarked;
