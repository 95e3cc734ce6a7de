/** What the server's OpenAPI v3 documents say about the fields of every kind. */
@NullMarked
package dev.pilothouse.ui.schema;

import org.jspecify.annotations.NullMarked;
