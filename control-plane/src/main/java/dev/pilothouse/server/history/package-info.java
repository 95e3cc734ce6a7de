/**
 * What nodes and pods have used: measured every 15 seconds, kept for a day, and for a week at five
 * minutes, in compressed blocks.
 */
@NullMarked
package dev.pilothouse.server.history;

import org.jspecify.annotations.NullMarked;
