/** Who is asking: one file per method. */
@NullMarked
package dev.pilothouse.server.authn;

import org.jspecify.annotations.NullMarked;
