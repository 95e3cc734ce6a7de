/** Generic views of any kind, built from the server's own tables. */
@NullMarked
package dev.pilothouse.ui.resource;

import org.jspecify.annotations.NullMarked;
