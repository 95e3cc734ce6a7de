/** Label and field selectors in their query-string and structured forms. */
@NullMarked
package dev.pilothouse.model.selector;

import org.jspecify.annotations.NullMarked;
