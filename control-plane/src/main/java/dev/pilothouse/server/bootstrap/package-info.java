/** The objects that every cluster has from its first start on. */
@NullMarked
package dev.pilothouse.server.bootstrap;

import org.jspecify.annotations.NullMarked;
