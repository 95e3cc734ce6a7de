/** What a request is, independent of the transport: path, query, headers, body, user and answer. */
@NullMarked
package dev.pilothouse.server.request;

import org.jspecify.annotations.NullMarked;
