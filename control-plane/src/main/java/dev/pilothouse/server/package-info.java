/** The control plane as one process: options, composition root and command line entry. */
@NullMarked
package dev.pilothouse.server;

import org.jspecify.annotations.NullMarked;
