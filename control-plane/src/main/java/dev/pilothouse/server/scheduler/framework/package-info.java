/**
 * What scheduler plug-ins are: they refuse nodes, rate them, and take part in binding. Filters and
 * scores have no side effects, so that the same ones answer what-if questions.
 */
@NullMarked
package dev.pilothouse.server.scheduler.framework;

import org.jspecify.annotations.NullMarked;
