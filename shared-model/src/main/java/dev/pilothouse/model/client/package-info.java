/** A thin client for any Kubernetes API server: transport, resources, watches, kubeconfig. */
@NullMarked
package dev.pilothouse.model.client;

import org.jspecify.annotations.NullMarked;
