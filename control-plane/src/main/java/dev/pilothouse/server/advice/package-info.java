/**
 * What the API server asks of the scheduler: why a pod is where it is or nowhere, and where pods
 * would go. The server knows the scheduler only through this package.
 */
@NullMarked
package dev.pilothouse.server.advice;

import org.jspecify.annotations.NullMarked;
