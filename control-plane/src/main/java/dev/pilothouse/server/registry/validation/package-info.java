/** Field paths, field errors and the checks that all kinds share. */
@NullMarked
package dev.pilothouse.server.registry.validation;

import org.jspecify.annotations.NullMarked;
