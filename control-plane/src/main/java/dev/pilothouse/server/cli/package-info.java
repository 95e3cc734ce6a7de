/** The command line. */
@NullMarked
package dev.pilothouse.server.cli;

import org.jspecify.annotations.NullMarked;
