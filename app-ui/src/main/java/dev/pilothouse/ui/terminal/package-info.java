/** The screen of terminals. */
@NullMarked
package dev.pilothouse.ui.terminal;

import org.jspecify.annotations.NullMarked;
