/**
 * Pod workers: each brings the containers of one pod where its spec wants them, and says how they
 * are.
 */
@NullMarked
package dev.pilothouse.server.kubelet.pod;

import org.jspecify.annotations.NullMarked;
