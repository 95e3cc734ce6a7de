/** Lists of the kinds that have rules, one list per field of work. */
@NullMarked
package dev.pilothouse.server.registry.strategies;

import org.jspecify.annotations.NullMarked;
