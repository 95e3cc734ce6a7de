/** Rules of the group policy. */
@NullMarked
package dev.pilothouse.server.registry.policy;

import org.jspecify.annotations.NullMarked;
