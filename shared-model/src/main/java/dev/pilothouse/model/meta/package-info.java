/**
 * Names of things (groups, versions, kinds, keys), Status errors and quantities. The lowest
 * package: everything may use it.
 */
@NullMarked
package dev.pilothouse.model.meta;

import org.jspecify.annotations.NullMarked;
