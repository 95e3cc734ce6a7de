/** The request chain and its order. */
@NullMarked
package dev.pilothouse.server.pipeline;

import org.jspecify.annotations.NullMarked;
