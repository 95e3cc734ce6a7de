/**
 * Nodes that only pretend to run pods: one component plays the kubelets of all of them. It keeps a
 * small record of each pod, works out what a kubelet would report next, and writes that.
 */
@NullMarked
package dev.pilothouse.server.kubelet.runtime.simulated;

import org.jspecify.annotations.NullMarked;
