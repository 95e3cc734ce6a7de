/**
 * The journal in front of the log: a write is safe once it is appended here and forced, and moves
 * to the log's tables later, many at a time.
 */
@NullMarked
package dev.pilothouse.server.storage.journal;

import org.jspecify.annotations.NullMarked;
