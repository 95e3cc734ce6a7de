/** Keeps EndpointSlices for every Service with a selector. */
@NullMarked
package dev.pilothouse.server.controller.endpointslice;

import org.jspecify.annotations.NullMarked;
