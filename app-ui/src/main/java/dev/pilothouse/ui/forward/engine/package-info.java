/** Ports of this machine that lead into pods; without JavaFX. */
@NullMarked
package dev.pilothouse.ui.forward.engine;

import org.jspecify.annotations.NullMarked;
