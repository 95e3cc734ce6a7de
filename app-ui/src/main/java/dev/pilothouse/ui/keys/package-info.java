/** The keys of the application: shown for what is seen, and changed as the user likes. */
@NullMarked
package dev.pilothouse.ui.keys;

import org.jspecify.annotations.NullMarked;
