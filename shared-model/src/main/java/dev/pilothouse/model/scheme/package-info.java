/** Which kinds exist, where they are served, and the immutable stored form of an object. */
@NullMarked
package dev.pilothouse.model.scheme;

import org.jspecify.annotations.NullMarked;
