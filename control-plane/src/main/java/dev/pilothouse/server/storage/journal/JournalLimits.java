package dev.pilothouse.server.storage.journal;

import java.util.concurrent.TimeUnit;

/**
 * When what is in the journal moves to the log, and how large the journal gets.
 *
 * @param records when this many revisions wait
 * @param bytes when so many bytes of values wait
 * @param ageNanos when the oldest has waited this long
 * @param fileBytes how large each of the journal's files gets
 */
public record JournalLimits(int records, int bytes, long ageNanos, int fileBytes) {

    /**
     * Large enough for the log's cost per revision to be small, small enough for memory. What waits
     * is as safe as in the log; that an idle cluster's few writes wait long saves most of the
     * moves.
     */
    public static final JournalLimits DEFAULT =
            new JournalLimits(4_096, 4 << 20, TimeUnit.SECONDS.toNanos(30), 8 << 20);
}
