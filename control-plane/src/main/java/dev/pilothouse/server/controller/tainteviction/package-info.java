/** Evicts pods that do not tolerate the taints of their node. */
@NullMarked
package dev.pilothouse.server.controller.tainteviction;

import org.jspecify.annotations.NullMarked;
