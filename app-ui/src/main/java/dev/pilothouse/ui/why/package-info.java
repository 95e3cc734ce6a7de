/** Why a pod is not running, and what would let it run. */
@NullMarked
package dev.pilothouse.ui.why;

import org.jspecify.annotations.NullMarked;
