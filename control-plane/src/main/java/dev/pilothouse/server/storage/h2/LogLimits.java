package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.journal.JournalLimits;

/**
 * Sizes inside the log, which tests make small.
 *
 * @param segmentRows a segment with this many rows is closed
 * @param segmentBytes a segment with this many bytes of values is closed
 * @param h2RetentionMillis how long H2 leaves space in its file alone after freeing it
 * @param compactBytes a data file smaller than this is not compacted
 * @param journal when revisions come here from the journal
 */
record LogLimits(
        long segmentRows,
        long segmentBytes,
        int h2RetentionMillis,
        long compactBytes,
        JournalLimits journal) {

    private static final long COMPACT_BYTES = 32L << 20;

    static final LogLimits DEFAULT =
            new LogLimits(8_192, 16L << 20, 45_000, COMPACT_BYTES, JournalLimits.DEFAULT);
}
