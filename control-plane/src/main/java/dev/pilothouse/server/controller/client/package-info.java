/** How controllers reach the API server of their own process, each under its own name. */
@NullMarked
package dev.pilothouse.server.controller.client;

import org.jspecify.annotations.NullMarked;
