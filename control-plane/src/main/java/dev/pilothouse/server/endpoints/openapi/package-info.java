/** OpenAPI v2 and v3 documents made from the schema data. */
@NullMarked
package dev.pilothouse.server.endpoints.openapi;

import org.jspecify.annotations.NullMarked;
