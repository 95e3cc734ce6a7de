/** Service account tokens: what they say, how they are signed and how a signature is checked. */
@NullMarked
package dev.pilothouse.server.tokens;

import org.jspecify.annotations.NullMarked;
