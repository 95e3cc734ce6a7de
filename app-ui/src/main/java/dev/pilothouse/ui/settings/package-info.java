/** What the application remembers between its runs. */
@NullMarked
package dev.pilothouse.ui.settings;

import org.jspecify.annotations.NullMarked;
