/** The screen of what nodes and pods use. */
@NullMarked
package dev.pilothouse.ui.metrics;

import org.jspecify.annotations.NullMarked;
