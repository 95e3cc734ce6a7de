/** Charts over time, drawn by hand: thousands of points cost what the pixels cost. */
@NullMarked
package dev.pilothouse.ui.chart;

import org.jspecify.annotations.NullMarked;
