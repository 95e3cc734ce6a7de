/** A terminal as xterm describes it: bytes in, letters on a grid out; without JavaFX. */
@NullMarked
package dev.pilothouse.ui.terminal.screen;

import org.jspecify.annotations.NullMarked;
