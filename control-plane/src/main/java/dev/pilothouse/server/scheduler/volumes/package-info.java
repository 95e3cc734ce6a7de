/** Claims, volumes and storage classes in the small forms that placing pods needs. */
@NullMarked
package dev.pilothouse.server.scheduler.volumes;

import org.jspecify.annotations.NullMarked;
