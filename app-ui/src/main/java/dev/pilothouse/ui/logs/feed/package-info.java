/** Brings the logs of pods into a store, as long as pods come and go; without JavaFX. */
@NullMarked
package dev.pilothouse.ui.logs.feed;

import org.jspecify.annotations.NullMarked;
