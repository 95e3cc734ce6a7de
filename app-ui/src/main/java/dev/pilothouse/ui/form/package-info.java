/** Objects as forms, made from the schema of their kind. */
@NullMarked
package dev.pilothouse.ui.form;

import org.jspecify.annotations.NullMarked;
