/** A whole running server and plain clients for tests that go over real sockets. */
@NullMarked
package dev.pilothouse.server.testing;

import org.jspecify.annotations.NullMarked;
