/** The one way to read, write and walk Jackson trees. */
@NullMarked
package dev.pilothouse.model.json;

import org.jspecify.annotations.NullMarked;
