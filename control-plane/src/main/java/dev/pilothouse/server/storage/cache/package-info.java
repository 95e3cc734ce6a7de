/** All live state and recent history in memory; serves every read and watch. */
@NullMarked
package dev.pilothouse.server.storage.cache;

import org.jspecify.annotations.NullMarked;
