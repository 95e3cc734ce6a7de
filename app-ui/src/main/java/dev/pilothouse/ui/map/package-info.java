/** All objects that run something, in boxes of namespaces and workloads, and what leads to them. */
@NullMarked
package dev.pilothouse.ui.map;

import org.jspecify.annotations.NullMarked;
