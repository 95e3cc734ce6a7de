/** The scheduler plug-ins, one file each, as Kubernetes has them by default. */
@NullMarked
package dev.pilothouse.server.scheduler.plugins;

import org.jspecify.annotations.NullMarked;
