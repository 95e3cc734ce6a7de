/** The hop to the JavaFX thread and what must be decided there. */
@NullMarked
package dev.pilothouse.ui.fx;

import org.jspecify.annotations.NullMarked;
