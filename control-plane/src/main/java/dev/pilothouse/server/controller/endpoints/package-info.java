/** Keeps an Endpoints object for every Service with a selector. */
@NullMarked
package dev.pilothouse.server.controller.endpoints;

import org.jspecify.annotations.NullMarked;
