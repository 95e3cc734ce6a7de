/** Rules of the group apps. */
@NullMarked
package dev.pilothouse.server.registry.apps;

import org.jspecify.annotations.NullMarked;
