/** Rules of the group batch. */
@NullMarked
package dev.pilothouse.server.registry.batch;

import org.jspecify.annotations.NullMarked;
