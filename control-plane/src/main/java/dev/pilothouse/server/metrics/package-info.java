/** Counters, gauges and histograms, and their text form for Prometheus. */
@NullMarked
package dev.pilothouse.server.metrics;

import org.jspecify.annotations.NullMarked;
