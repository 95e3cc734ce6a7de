/** How the application looks: light and dark, as the operating system wishes. */
@NullMarked
package dev.pilothouse.ui.theme;

import org.jspecify.annotations.NullMarked;
