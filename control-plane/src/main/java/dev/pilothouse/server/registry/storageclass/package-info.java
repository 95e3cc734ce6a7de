/** Rules of the kinds of storage.k8s.io. */
@NullMarked
package dev.pilothouse.server.registry.storageclass;

import org.jspecify.annotations.NullMarked;
