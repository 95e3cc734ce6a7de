/** One handler per verb, and the fixed paths: discovery, OpenAPI, health, metrics. */
@NullMarked
package dev.pilothouse.server.endpoints;

import org.jspecify.annotations.NullMarked;
