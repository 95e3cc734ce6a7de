/**
 * Runs jobs to their end, and counts every pod of theirs exactly once: a finalizer keeps a pod
 * until its end has been noted in the job's status. Source: pkg/controller/job, KEP-2307, KEP-3329,
 * KEP-3850, KEP-3939, KEP-3998.
 */
@NullMarked
package dev.pilothouse.server.controller.job;

import org.jspecify.annotations.NullMarked;
