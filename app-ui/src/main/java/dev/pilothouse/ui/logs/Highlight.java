package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.logs.store.TextPattern;

/**
 * A rule that marks text wherever it stands.
 *
 * @param pattern what is marked
 * @param hue the colour's angle, 0 to 360
 */
record Highlight(TextPattern pattern, double hue) {}
