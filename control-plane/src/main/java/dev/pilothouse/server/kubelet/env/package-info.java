/** What pods tell their containers about themselves: environment, downward fields, expansion. */
@NullMarked
package dev.pilothouse.server.kubelet.env;

import org.jspecify.annotations.NullMarked;
