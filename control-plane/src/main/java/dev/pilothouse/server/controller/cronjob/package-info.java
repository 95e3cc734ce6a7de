/** Makes jobs at the times that cron jobs say. Source: pkg/controller/cronjob. */
@NullMarked
package dev.pilothouse.server.controller.cronjob;

import org.jspecify.annotations.NullMarked;
