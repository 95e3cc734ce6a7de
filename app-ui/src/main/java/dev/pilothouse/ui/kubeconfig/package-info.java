/** Kubeconfig files: their contexts, and connections that use the identity they describe. */
@NullMarked
package dev.pilothouse.ui.kubeconfig;

import org.jspecify.annotations.NullMarked;
