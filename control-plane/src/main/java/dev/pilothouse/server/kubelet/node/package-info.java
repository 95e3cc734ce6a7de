/** The Node that a kubelet keeps: registration, status, lease, pressure. */
@NullMarked
package dev.pilothouse.server.kubelet.node;

import org.jspecify.annotations.NullMarked;
