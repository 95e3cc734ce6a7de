/** Calls of webhooks: where they are, and one HTTPS request to them. */
@NullMarked
package dev.pilothouse.server.webhook;

import org.jspecify.annotations.NullMarked;
