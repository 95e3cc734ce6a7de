/** Which rules belong to which resource. */
@NullMarked
package dev.pilothouse.server.registry.strategies;

import org.jspecify.annotations.NullMarked;
