/**
 * What a kubelet asks of a container runtime, in the words of Kubernetes' Container Runtime
 * Interface.
 */
@NullMarked
package dev.pilothouse.server.kubelet.cri;

import org.jspecify.annotations.NullMarked;
