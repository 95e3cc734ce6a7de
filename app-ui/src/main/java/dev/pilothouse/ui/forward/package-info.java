/** The screen of forwarded ports. */
@NullMarked
package dev.pilothouse.ui.forward;

import org.jspecify.annotations.NullMarked;
