/** Lines of logs on disk, their order over all sources, and views of them; without JavaFX. */
@NullMarked
package dev.pilothouse.ui.logs.store;

import org.jspecify.annotations.NullMarked;
