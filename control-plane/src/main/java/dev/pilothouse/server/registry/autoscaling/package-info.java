/** Rules of the group autoscaling. */
@NullMarked
package dev.pilothouse.server.registry.autoscaling;

import org.jspecify.annotations.NullMarked;
