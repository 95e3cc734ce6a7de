/**
 * The verbs on API resources: decoding of bodies and options, negotiation of the answer, and the
 * encoding of objects, lists and watch events. What the verbs mean to an object is the registry's
 * business.
 */
@NullMarked
package dev.pilothouse.server.endpoints.resource;

import org.jspecify.annotations.NullMarked;
