/**
 * The revision log on H2: group commit, segments, recovery, backup. The only user of java.sql and
 * org.h2.
 */
@NullMarked
package dev.pilothouse.server.storage.h2;

import org.jspecify.annotations.NullMarked;
