/** The window: navigator, table area and status bar. */
@NullMarked
package dev.pilothouse.ui.shell;

import org.jspecify.annotations.NullMarked;
