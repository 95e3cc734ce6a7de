/** JSON patch, merge patch, strategic merge patch and server-side apply with managed fields. */
@NullMarked
package dev.pilothouse.model.patch;

import org.jspecify.annotations.NullMarked;
