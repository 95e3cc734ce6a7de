package dev.pilothouse.server.history;

import dev.pilothouse.server.storage.SeriesStore.Resolution;
import java.time.Duration;

/**
 * How measurements of a resolution are cut into blocks, and how long they are kept.
 *
 * @param resolution which
 * @param step seconds from one measurement to the next
 * @param seconds how much time a block covers
 * @param kept how long blocks are kept at least
 */
record Span(Resolution resolution, long step, long seconds, Duration kept) {

    static final Span FINE = new Span(Resolution.FINE, 15, 900, Duration.ofHours(24));
    static final Span COARSE = new Span(Resolution.COARSE, 300, 7200, Duration.ofDays(7));

    /** The number of the span that a moment, in seconds since 1970, lies in. */
    long of(long time) {
        return Math.floorDiv(time, seconds);
    }
}
