/** Copies Endpoints that people made into EndpointSlices. */
@NullMarked
package dev.pilothouse.server.controller.endpointslicemirroring;

import org.jspecify.annotations.NullMarked;
