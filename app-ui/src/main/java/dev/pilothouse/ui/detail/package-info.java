/** One object in full: what it is, how it is, whose it is, what happened to it, what it was. */
@NullMarked
package dev.pilothouse.ui.detail;

import org.jspecify.annotations.NullMarked;
