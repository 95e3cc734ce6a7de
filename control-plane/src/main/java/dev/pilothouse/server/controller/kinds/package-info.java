/** Which kinds are served, custom ones included, and the metadata of all their objects. */
@NullMarked
package dev.pilothouse.server.controller.kinds;

import org.jspecify.annotations.NullMarked;
