/** May they: one file per method. */
@NullMarked
package dev.pilothouse.server.authz;

import org.jspecify.annotations.NullMarked;
