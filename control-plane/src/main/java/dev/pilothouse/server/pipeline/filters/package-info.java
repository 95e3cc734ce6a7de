/** One filter of the request chain per file. */
@NullMarked
package dev.pilothouse.server.pipeline.filters;

import org.jspecify.annotations.NullMarked;
