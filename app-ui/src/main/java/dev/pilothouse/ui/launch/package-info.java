/** The composition root of the application: the only package that knows the server. */
@NullMarked
package dev.pilothouse.ui.launch;

import org.jspecify.annotations.NullMarked;
