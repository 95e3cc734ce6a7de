/** The command palette: one field that finds commands, kinds, places and objects. */
@NullMarked
package dev.pilothouse.ui.palette;

import org.jspecify.annotations.NullMarked;
