/**
 * JSON patch, merge patch, strategic merge patch, and server-side apply with managed fields: pure
 * functions on JSON trees, driven by the types in the schema package.
 */
@NullMarked
package dev.pilothouse.model.patch;

import org.jspecify.annotations.NullMarked;
