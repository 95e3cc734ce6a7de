/** The rows that kubectl get shows. */
@NullMarked
package dev.pilothouse.server.registry.printers;

import org.jspecify.annotations.NullMarked;
