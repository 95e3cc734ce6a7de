/** One file per admission plug-in. */
@NullMarked
package dev.pilothouse.server.admission.plugins;

import org.jspecify.annotations.NullMarked;
