/** Makes room for pods by taking pods of lower priority away. Source: plugins/defaultpreemption. */
@NullMarked
package dev.pilothouse.server.scheduler.preemption;

import org.jspecify.annotations.NullMarked;
