/**
 * A runtime that runs containers as processes of the host, below small supervisors that outlive
 * this program.
 */
@NullMarked
package dev.pilothouse.server.kubelet.runtime.process;

import org.jspecify.annotations.NullMarked;
