/** Rules of the core group. */
@NullMarked
package dev.pilothouse.server.registry.core;

import org.jspecify.annotations.NullMarked;
