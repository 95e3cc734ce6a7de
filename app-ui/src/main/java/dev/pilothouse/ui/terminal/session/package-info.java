/** Sessions in containers, as kubectl's exec, attach and debug open them; without JavaFX. */
@NullMarked
package dev.pilothouse.ui.terminal.session;

import org.jspecify.annotations.NullMarked;
