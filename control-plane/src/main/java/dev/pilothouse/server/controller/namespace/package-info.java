/** Empties namespaces that are going away, and lets them go. */
@NullMarked
package dev.pilothouse.server.controller.namespace;

import org.jspecify.annotations.NullMarked;
