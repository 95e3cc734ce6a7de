/** Makes images of the application that need no JDK. */
@NullMarked
package dev.pilothouse.installers;

import org.jspecify.annotations.NullMarked;
