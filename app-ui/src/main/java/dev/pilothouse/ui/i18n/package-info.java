/** The application's texts, in every language it speaks. */
@NullMarked
package dev.pilothouse.ui.i18n;

import org.jspecify.annotations.NullMarked;
