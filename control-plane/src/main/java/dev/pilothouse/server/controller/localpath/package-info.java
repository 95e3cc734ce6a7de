/** Makes volumes of folders of this machine, and takes them away. */
@NullMarked
package dev.pilothouse.server.controller.localpath;

import org.jspecify.annotations.NullMarked;
