/** The cluster certificate authority and the certificates it issues. */
@NullMarked
package dev.pilothouse.server.pki;

import org.jspecify.annotations.NullMarked;
