/** The screen of logs. */
@NullMarked
package dev.pilothouse.ui.logs;

import org.jspecify.annotations.NullMarked;
