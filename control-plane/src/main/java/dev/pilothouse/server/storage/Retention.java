package dev.pilothouse.server.storage;

import java.time.Duration;

/**
 * How much history is kept. Whatever the limits, the newest version of every object stays.
 *
 * @param age revisions younger than this are kept, unless a limit below says otherwise
 * @param minRevisions at least this many of the newest revisions are kept, however old
 * @param maxRevisions about this many revisions at most, however young
 * @param maxBytes about this much of values at most, however young
 */
public record Retention(Duration age, long minRevisions, long maxRevisions, long maxBytes) {

    /** A day of history, two million revisions or 2 GiB at most. */
    public static final Retention DEFAULT =
            new Retention(Duration.ofHours(24), 1_000, 2_000_000, 2L << 30);

    /** Checks that the limits make sense together. */
    public Retention {
        if (age.isNegative() || minRevisions < 0 || maxRevisions < minRevisions || maxBytes < 0) {
            throw new IllegalArgumentException(
                    "retention limits must be positive, and at most as many revisions as at least");
        }
    }
}
