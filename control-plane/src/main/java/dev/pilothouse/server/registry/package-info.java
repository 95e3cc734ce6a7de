/** All semantics of create, read, update, patch, delete, list and watch, once for all kinds. */
@NullMarked
package dev.pilothouse.server.registry;

import org.jspecify.annotations.NullMarked;
