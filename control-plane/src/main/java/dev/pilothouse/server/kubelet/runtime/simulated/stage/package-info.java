/**
 * Behaviour as data: stages in the format of kwok. A stage says which objects it is for, how long
 * they stay as they are, and what becomes of them then.
 */
@NullMarked
package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import org.jspecify.annotations.NullMarked;
