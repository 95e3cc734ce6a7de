/** List and watch kept as a local, indexed copy. */
@NullMarked
package dev.pilothouse.model.informer;

import org.jspecify.annotations.NullMarked;
