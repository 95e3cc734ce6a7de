/** Schedules in cron's notation and the times they name. */
@NullMarked
package dev.pilothouse.model.schedule;

import org.jspecify.annotations.NullMarked;
