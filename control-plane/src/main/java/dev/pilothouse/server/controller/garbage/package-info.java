/** Deletes objects whose owners are gone, and sees to foreground deletion and orphaning. */
@NullMarked
package dev.pilothouse.server.controller.garbage;

import org.jspecify.annotations.NullMarked;
