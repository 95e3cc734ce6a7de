/** Writes the administrator's kubeconfig and adds it to the user's own without harming that. */
@NullMarked
package dev.pilothouse.server.kubeconfig;

import org.jspecify.annotations.NullMarked;
