/** Which controllers run, and their common life. */
@NullMarked
package dev.pilothouse.server.controller.manager;

import org.jspecify.annotations.NullMarked;
